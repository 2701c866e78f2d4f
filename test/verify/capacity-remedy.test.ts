import { rolling, workload } from './capacity/models';
import { searchCapacity } from '../../src/verify/capacity/search-capacity';
import { capacityRemedy, remediedCapacity } from '../../src/verify/capacity-remedy';
import type { WorkloadModel } from '../../src/verify/workload-model';

const BUDGET = 'add a PodDisruptionBudget with maxUnavailable 1';

describe('what to change', () => {
  test.each<[string, WorkloadModel, string | undefined]>([
    ['a strategy that recreates', workload(3, { strategy: { kind: 'recreate' } }), 'replace the strategy Recreate with RollingUpdate (maxSurge 1, maxUnavailable 0)'],
    ['pods that may be missing', workload(3, { strategy: rolling(1, 1), requiredReady: 3 }), 'set maxUnavailable to 0'],
    ['pods that may be missing, where there is no surge', workload(3, { strategy: rolling(0, 1), requiredReady: 3 }), 'set maxUnavailable to 0 and maxSurge to 1'],
    ['evictions that a budget alone does not hold up', workload(3, { strategy: rolling(1, 0), evictions: 3, minReadySeconds: 5 }), `${BUDGET}, and set replicas to at least 4`],
    ['more evictions than a budget may see in time', workload(3, { evictions: 3, budget: { maxUnavailable: '100%' }, replicas: { min: 9_999, max: 9_999 }, requiredReady: 9_999 }), undefined],
    ['evictions that nothing limits, of pods that count at once', workload(4, { strategy: rolling(1, 0), evictions: 4 }), BUDGET],
    ['one pod', workload(1, { strategy: rolling(1, 0), evictions: 1 }), 'set replicas to at least 2'],
    ['one pod of an autoscaler', workload(1, { strategy: rolling(1, 0), evictions: 1, replicas: { min: 1, max: 3 } }), 'set the autoscaler\'s minReplicas to at least 2'],
    ['one pod that is recreated, and evicted', workload(1, { strategy: { kind: 'recreate' }, evictions: 1 }),
      'replace the strategy Recreate with RollingUpdate (maxSurge 1, maxUnavailable 0), and set replicas to at least 2'],
    ['one pod after another', workload(1, { strategy: { kind: 'oneByOne', maxUnavailable: 1 }, evictions: 1 }), 'set replicas to at least 3'],
  ])('of %s', (_, model, remedy) => {
    expect(searchCapacity(model).counterexample).toBeDefined();
    expect(capacityRemedy(model)).toBe(remedy);
  });
});

describe('the capacity', () => {
  test('comes with a remedy where it is too small', () => {
    const model = workload(3, { strategy: rolling(0, 1), requiredReady: 3 });
    expect(remediedCapacity(model)).toEqual({ ...searchCapacity(model), remedy: 'set maxUnavailable to 0 and maxSurge to 1' });
  });

  test('needs none where it suffices, or is undecided', () => {
    expect(remediedCapacity(workload(3)).remedy).toBeUndefined();
    expect(remediedCapacity(workload(10_001, { strategy: { kind: 'recreate' } }))).toMatchObject({ reason: expect.stringContaining('at most 10000'), remedy: undefined });
  });
});

test('a search that needs no fewest ends with the first state of too few pods', () => {
  const model = workload(6, { strategy: rolling(0, 1), evictions: 3, requiredReady: 6 });
  const [whole, short] = [searchCapacity(model), searchCapacity(model, { looksForFewest: false })];
  expect([whole.fewest, short.counterexample !== undefined]).toEqual([2, true]);
  expect(short.states).toBeLessThan(whole.states);
});
