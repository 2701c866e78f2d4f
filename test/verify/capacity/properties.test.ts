import * as fc from 'fast-check';
import { rolling, workload } from './models';
import { fewestProvable } from '../../../src/verify/capacity/floor';
import { search } from '../../../src/verify/capacity/search';
import { searchCapacity } from '../../../src/verify/capacity/search-capacity';
import { settingsOf } from '../../../src/verify/capacity/setting';
import type { Budget, Count, Strategy, WorkloadModel } from '../../../src/verify/workload-model';

const count: fc.Arbitrary<Count> = fc.oneof(fc.nat(3), fc.constantFrom<Count>('0%', '10%', '25%', '34%', '50%', '100%'));
const strategy: fc.Arbitrary<Strategy> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(count, count).map(([surge, unavailable]) => rolling(surge, unavailable)) },
  { weight: 1, arbitrary: count.map((maxUnavailable): Strategy => ({ kind: 'oneByOne', maxUnavailable })) },
  { weight: 1, arbitrary: fc.constant<Strategy>({ kind: 'switchOver', scaleDownDelaySeconds: 0 }) },
);
const budget: fc.Arbitrary<Budget | undefined> = fc.oneof(
  fc.constant(undefined), count.map((maxUnavailable): Budget => ({ maxUnavailable })), count.map((minAvailable): Budget => ({ minAvailable })),
);
const options = fc.record({ strategy, budget, evictions: fc.nat(2), minReadySeconds: fc.constantFrom(0, 5) });

/** The fewest in all states, no proof allowed to end the search. */
const fewest = (model: WorkloadModel) => Math.min(...settingsOf(model).map((setting) => {
  const found = search(setting, { maxStates: 300_000, floor: -1 });
  expect(found.exact).toBe(true);
  return found.fewest;
}));
const floor = (model: WorkloadModel) => Math.min(...settingsOf(model).map(fewestProvable));

describe('the number that is proved', () => {
  const LIMITS: readonly Count[] = [0, 1, 2, '25%', '50%', '100%'];
  const models = [1, 2, 3, 4, 5].flatMap((replicas) => LIMITS.flatMap((surge) => LIMITS.flatMap((unavailable) => [0, 1, 2]
    .filter((evictions) => replicas + 2 * evictions <= 7)
    .map((evictions) => workload(replicas, { strategy: rolling(surge, unavailable), evictions })))));

  test('is the fewest of every small rolling update without a budget', () => {
    expect(models.filter((model) => fewest(model) !== floor(model))).toEqual([]);
  });

  test('is the fewest, or less, with whatever budget, strategy and autoscaler', () => {
    fc.assert(fc.property(options, fc.integer({ min: 1, max: 5 }), fc.nat(3), (drawn, min, more) => {
      const model = workload(min, { ...drawn, replicas: { min, max: min + more } });
      expect(fewest(model)).toBeGreaterThanOrEqual(floor(model));
    }), { numRuns: 60 });
  });

  test('is the fewest, or one less, of a small rolling update that an autoscaler moves', () => {
    fc.assert(fc.property(count, count, fc.nat(1), fc.integer({ min: 1, max: 4 }), fc.nat(3), (surge, unavailable, evictions, min, more) => {
      const model = workload(min, { strategy: rolling(surge, unavailable), evictions, replicas: { min, max: min + more } });
      expect(fewest(model) - floor(model)).toBeGreaterThanOrEqual(0);
      expect(fewest(model) - floor(model)).toBeLessThanOrEqual(1);
    }), { numRuns: 40 });
  });

  test.each([8, 10])('is the fewest of %d pods, a quarter at a time', (replicas) => {
    const model = workload(replicas, { evictions: 1, budget: { maxUnavailable: 1 } });
    expect(fewest(model)).toBe(floor(model));
  });
});

test('a proof that ends the search early does not change its result', () => {
  fc.assert(fc.property(options, fc.integer({ min: 1, max: 5 }), fc.nat(2), (drawn, min, more) => {
    const model = workload(min, { ...drawn, replicas: { min, max: min + more } });
    expect(searchCapacity(model)).toMatchObject({ fewest: fewest(model), exact: true });
  }), { numRuns: 50 });
});

test('more pods that may be missing never leave more available', () => {
  fc.assert(fc.property(options, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 3 }), fc.nat(3), (drawn, replicas, surge, unavailable) => {
    const at = (pods: number) => fewest(workload(replicas, { ...drawn, strategy: rolling(surge, pods) }));
    expect(at(unavailable + 1)).toBeLessThanOrEqual(at(unavailable));
  }), { numRuns: 60 });
});

test('one eviction more never leaves more available, and takes one pod at most without an autoscaler', () => {
  fc.assert(fc.property(options, fc.integer({ min: 1, max: 6 }), (drawn, replicas) => {
    const at = (evictions: number) => fewest(workload(replicas, { ...drawn, evictions }));
    const [without, one, two] = [0, 1, 2].map(at);
    expect([without >= one, one >= two, without - one <= 1, one - two <= 1]).toEqual([true, true, true, true]);
  }), { numRuns: 40 });
});

test('a budget never leaves fewer available', () => {
  fc.assert(fc.property(options, fc.integer({ min: 1, max: 5 }), fc.nat(2), (drawn, min, more) => {
    const model = workload(min, { ...drawn, replicas: { min, max: min + more } });
    expect(fewest(model)).toBeGreaterThanOrEqual(fewest({ ...model, budget: undefined }));
  }), { numRuns: 40 });
});

test('an autoscaler with a narrower range never leaves fewer available', () => {
  fc.assert(fc.property(count, count, fc.nat(1), fc.integer({ min: 1, max: 5 }), fc.nat(4), (surge, unavailable, evictions, min, more) => {
    const strategyOfAll = rolling(surge, unavailable);
    const at = (from: number, to: number) => fewest(workload(from, { strategy: strategyOfAll, evictions, replicas: { min: from, max: to } }));
    expect(Math.min(at(min + 1, min + 1 + more), at(min, min + more))).toBeGreaterThanOrEqual(at(min, min + 1 + more));
  }), { numRuns: 30 });
});
