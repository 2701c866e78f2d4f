import * as fc from 'fast-check';
import { Random } from '../../../src/verify/simulation/random';

function firstDraws(seed: number): number[] {
  const random = new Random(seed);
  return Array.from({ length: 20 }, () => random.unit());
}

test('the same seed draws the same numbers', () => {
  expect(firstDraws(42)).toEqual(firstDraws(42));
});

test('neighbouring seeds draw different numbers', () => {
  expect(new Set(Array.from({ length: 1000 }, (_, seed) => firstDraws(seed)[0])).size).toBe(1000);
});

test('a unit is at least 0 and below 1', () => {
  fc.assert(fc.property(fc.integer(), (seed) => firstDraws(seed).every((unit) => unit >= 0 && unit < 1)), { numRuns: 300 });
});

test('units are spread evenly', () => {
  const random = new Random(7);
  const tenths = new Array<number>(10).fill(0);
  for (let draw = 0; draw < 100_000; draw += 1) {
    tenths[Math.floor(random.unit() * 10)] += 1;
  }
  expect(Math.min(...tenths)).toBeGreaterThan(9_600);
  expect(Math.max(...tenths)).toBeLessThan(10_400);
});

test('a number between two others reaches both ends', () => {
  const random = new Random(3);
  expect(new Set(Array.from({ length: 200 }, () => random.between(4, 6)))).toEqual(new Set([4, 5, 6]));
});

test('picks every member of a list', () => {
  const random = new Random(3);
  expect(new Set(Array.from({ length: 200 }, () => random.pick(['a', 'b', 'c'])))).toEqual(new Set(['a', 'b', 'c']));
});

test.each([[0, false], [1, true]])('a chance of %d comes true: %s', (probability, outcome) => {
  const random = new Random(9);
  expect(Array.from({ length: 100 }, () => random.chance(probability)).every((drawn) => drawn === outcome)).toBe(true);
});
