import * as fc from 'fast-check';
import { Delays, Spread } from '../../../src/verify/simulation/delays';
import { Random } from '../../../src/verify/simulation/random';

const spreads: readonly Spread[] = ['uniform', 'corners'];

function draws(seed: number, spread: Spread, count: number): number[] {
  const delays = new Delays(new Random(seed), spread);
  return Array.from({ length: count }, () => delays.draw('detach', { atLeast: 1, atMost: 3 }));
}

test('every delay lies within its interval and is a whole number of milliseconds', () => {
  fc.assert(fc.property(fc.integer(), fc.nat(100), fc.nat(100), fc.constantFrom(...spreads), (seed, atLeast, width, spread) => {
    const delay = new Delays(new Random(seed), spread).draw('detach', { atLeast, atMost: atLeast + width });
    return Number.isInteger(delay) && delay >= atLeast * 1000 && delay <= (atLeast + width) * 1000;
  }), { numRuns: 500 });
});

test('an interval of one value draws it', () => {
  expect(new Delays(new Random(1), 'corners').draw('preStop', { atLeast: 10, atMost: 10 })).toBe(10_000);
});

test('among the corners some run is always at the least, some always at the most, and some in between', () => {
  const habits = Array.from({ length: 50 }, (_, seed) => new Set(draws(seed, 'corners', 20)));
  expect(habits.some((drawn) => drawn.size === 1 && drawn.has(1000))).toBe(true);
  expect(habits.some((drawn) => drawn.size === 1 && drawn.has(3000))).toBe(true);
  expect(habits.some((drawn) => drawn.size > 5 && drawn.has(1000) && drawn.has(3000))).toBe(true);
});

test('two delays have habits of their own', () => {
  const interval = { atLeast: 0, atMost: 1 };
  const pairs = Array.from({ length: 200 }, (_, seed) => {
    const delays = new Delays(new Random(seed), 'corners');
    return `${delays.draw('attach', interval)} ${delays.draw('detach', interval)}`;
  });
  expect(pairs).toEqual(expect.arrayContaining(['0 1000', '1000 0', '0 0', '1000 1000']));
});

test('uniform delays seldom fall on an end', () => {
  const ends = draws(5, 'uniform', 1000).filter((delay) => delay === 1000 || delay === 3000);
  expect(ends.length).toBeLessThan(10);
});
