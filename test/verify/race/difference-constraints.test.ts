import * as fc from 'fast-check';
import { Difference, isFeasible, System, TightestBounds, Times, timesOfLargest } from '../../../src/verify/race/difference-constraints';

const HORIZON = 12;
const EVENTS = ['origin', 'a', 'b', 'c'];

/** Small systems; every event comes within the horizon, so that all their times can be listed. */
const systems = fc.array(fc.record({
  from: fc.constantFrom(...EVENTS),
  to: fc.constantFrom(...EVENTS),
  atLeast: fc.integer({ min: -3, max: 4 }),
  length: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant(Infinity)),
}), { maxLength: 5 }).map((drawn): System => ({
  origin: 'origin',
  differences: [
    ...drawn.map(({ from, to, atLeast, length }) => ({ from, to, atLeast, atMost: atLeast + length, name: `${from}-${to}` })),
    ...EVENTS.slice(1).map((to) => ({ from: 'origin', to, atLeast: -Infinity, atMost: HORIZON, name: 'horizon' })),
  ],
}));

function satisfies(times: Times, { differences }: System): boolean {
  return differences.every(({ from, to, atLeast, atMost }) => times[to] - times[from] >= atLeast && times[to] - times[from] <= atMost)
    && Object.values(times).every((at) => at >= 0) && times.origin === 0;
}

function allTimes(system: System): Times[] {
  const seconds = [...Array(HORIZON + 1).keys()];
  return seconds.flatMap((a) => seconds.flatMap((b) => seconds.map((c) => ({ origin: 0, a, b, c })))).filter((times) => satisfies(times, system));
}

const between = (from: string, to: string, atLeast: number, atMost: number, name?: string): Difference => ({ from, to, atLeast, atMost, name });

describe('a system', () => {
  test('can be had exactly when some times satisfy it', () => {
    fc.assert(fc.property(systems, (system) => isFeasible(system) === allTimes(system).length > 0));
  });

  test('is refused where no times satisfy it', () => {
    const system = { origin: 'a', differences: [between('a', 'b', 2, 3), between('b', 'a', -1, 0)] };
    expect(isFeasible(system)).toBe(false);
    expect(() => TightestBounds.of(system)).toThrow('no times satisfy the differences between a, b');
  });

  test('has no event before its origin', () => {
    expect(isFeasible({ origin: 'a', differences: [between('a', 'b', -5, -1)] })).toBe(false);
  });

  test('may close a circle of no slack', () => {
    expect(isFeasible({ origin: 'a', differences: [between('a', 'b', 2, 2), between('b', 'a', -2, -2)] })).toBe(true);
  });
});

describe('the tightest bounds', () => {
  test('are those of all times that satisfy the system', () => {
    fc.assert(fc.property(systems, (system) => {
      const all = allTimes(system);
      fc.pre(all.length > 0);
      const bounds = TightestBounds.of(system);
      for (const from of EVENTS) {
        for (const to of EVENTS) {
          expect(bounds.maxOf(from, to)).toBe(Math.max(...all.map((times) => times[to] - times[from])));
        }
      }
    }));
  });

  test('are infinite where nothing bounds a difference', () => {
    const bounds = TightestBounds.of({ origin: 'a', differences: [between('a', 'b', 2, Infinity)] });
    expect(bounds.maxOf('a', 'b')).toBe(Infinity);
    expect(bounds.termsOf('a', 'b')).toEqual([]);
  });

  test('add up over events, and name what they are made of', () => {
    const bounds = TightestBounds.of({
      origin: 'deleted',
      differences: [between('deleted', 'SIGTERM', 10, 12, 'preStop'), between('deleted', 'detached', 0, 15, 'detach')],
    });
    expect(bounds.maxOf('SIGTERM', 'detached')).toBe(5);
    expect(bounds.termsOf('SIGTERM', 'detached')).toEqual([
      { name: 'preStop', seconds: 10, limit: 'atLeast' }, { name: 'detach', seconds: 15, limit: 'atMost' },
    ]);
  });

  test('are the sum of the terms that they name', () => {
    fc.assert(fc.property(systems, fc.constantFrom(...EVENTS), fc.constantFrom(...EVENTS), (system, from, to) => {
      fc.pre(isFeasible(system));
      const bounds = TightestBounds.of(system);
      const sum = bounds.termsOf(from, to).reduce((total, { seconds, limit }) => limit === 'atMost' ? total + seconds : total - seconds, 0);
      expect(sum).toBe(bounds.maxOf(from, to));
    }));
  });
});

describe('the times of the largest difference', () => {
  test('satisfy the system, reach the bound, and are the earliest that do', () => {
    fc.assert(fc.property(systems, fc.constantFrom(...EVENTS), fc.constantFrom(...EVENTS), (system, from, to) => {
      const all = allTimes(system);
      fc.pre(all.length > 0);
      const largest = Math.max(...all.map((each) => each[to] - each[from]));
      const times = timesOfLargest(system, from, to);
      expect(satisfies(times, system)).toBe(true);
      expect(times[to] - times[from]).toBe(largest);
      for (const other of all.filter((each) => each[to] - each[from] === largest)) {
        expect(EVENTS.every((event) => times[event] <= other[event])).toBe(true);
      }
    }));
  });

  test('are refused where nothing bounds the difference', () => {
    const system = { origin: 'a', differences: [between('a', 'b', 0, Infinity)] };
    expect(() => timesOfLargest(system, 'a', 'b')).toThrow('nothing bounds how long b comes after a');
  });
});
