import { rolling, workload } from './models';
import { searchCapacity } from '../../../src/verify/capacity/search-capacity';
import type { Budget, Count, Strategy, WorkloadModel } from '../../../src/verify/workload-model';

const fewest = (model: WorkloadModel) => {
  const answer = searchCapacity(model);
  expect(answer).toMatchObject({ exact: true });
  return answer.fewest;
};
const oneByOne = (maxUnavailable: Count): Strategy => ({ kind: 'oneByOne', maxUnavailable });
const recreate: Strategy = { kind: 'recreate' };
const switchOver: Strategy = { kind: 'switchOver', scaleDownDelaySeconds: 30 };

describe('the fewest available pods', () => {
  test.each<[string, number, Strategy, readonly [number, number, number]]>([
    ['four of which a quarter may be missing', 4, rolling('25%', '25%'), [3, 2, 1]],
    ['four of which none may be missing', 4, rolling(1, 0), [4, 3, 2]],
    ['four with neither surge nor one that may be missing', 4, rolling(0, '10%'), [3, 2, 1]],
    ['four of which all may be missing', 4, rolling(1, '100%'), [0, 0, 0]],
    ['ten of which a quarter may be missing', 10, rolling('25%', '25%'), [8, 7, 6]],
    ['one of which none may be missing', 1, rolling(1, 0), [1, 0, 0]],
    ['one of which a quarter may be missing', 1, rolling('25%', '25%'), [1, 0, 0]],
    ['one without a surge', 1, rolling(0, 1), [0, 0, 0]],
    ['four that are recreated', 4, recreate, [0, 0, 0]],
    ['four one by one', 4, oneByOne(1), [3, 2, 1]],
    ['four two by two', 4, oneByOne('50%'), [2, 1, 0]],
    ['four that are switched over', 4, switchOver, [4, 3, 2]],
  ])('%s, with no, one and two evictions', (_, replicas, strategy, expected) => {
    expect([0, 1, 2].map((evictions) => fewest(workload(replicas, { strategy, evictions })))).toEqual(expected);
  });

  test.each<[string, Budget, Strategy, number]>([
    ['stops the second eviction where nothing else moves', { maxUnavailable: 1 }, oneByOne(1), 2],
    ['that allows none lets none happen', { maxUnavailable: 0 }, oneByOne(1), 3],
    ['that allows none by its percentage lets none happen', { minAvailable: '100%' }, oneByOne(1), 3],
    ['counted while the surge was there lets as many more happen', { maxUnavailable: 1 }, rolling(1, 0), 2],
    ['that allows none lets one happen while the surge is there', { maxUnavailable: 0 }, rolling(1, 0), 3],
    ['counts the pods of both versions of a switch-over', { maxUnavailable: 0 }, switchOver, 1],
  ])('a budget %s', (_, budget, strategy, expected) => {
    expect(fewest(workload(4, { strategy, evictions: 3, budget }))).toBe(expected);
  });

  test('a pod that is ready and not yet available lets a budget allow the next eviction', () => {
    const model = workload(4, { strategy: oneByOne(1), evictions: 3, budget: { maxUnavailable: 1 } });
    expect([0, 5].map((minReadySeconds) => fewest({ ...model, minReadySeconds }))).toEqual([2, 0]);
  });

  test.each<[string, number, number, Strategy, readonly [number, number]]>([
    ['never has fewer than the least', 3, 6, rolling(1, 0), [3, 2]],
    ['leaves its share of broken pods', 3, 6, rolling('25%', '25%'), [2, 1]],
    ['of a release that doubles the pods never has fewer than the least', 2, 8, rolling('100%', 0), [2, 1]],
    ['leaves what a StatefulSet is missing', 3, 6, oneByOne('50%'), [0, 0]],
    ['does nothing to a switch-over', 3, 6, switchOver, [3, 2]],
    ['does nothing to pods that are recreated', 3, 6, recreate, [0, 0]],
  ])('an autoscaler %s', (_, min, max, strategy, expected) => {
    expect([0, 1].map((evictions) => fewest(workload(min, { replicas: { min, max }, strategy, evictions })))).toEqual(expected);
  });
});

describe('an answer', () => {
  test('has no counterexample where there are as many pods as required', () => {
    expect(searchCapacity(workload(4, { requiredReady: 3 }))).toEqual({ fewest: 3, exact: true, states: expect.any(Number) });
  });

  test('has one where there is one fewer', () => {
    const { counterexample } = searchCapacity(workload(4, { requiredReady: 4 }));
    expect(counterexample?.events).toEqual([
      { at: 0, what: 'the new template is applied; 4 ready of 4 required' },
      { at: 1, what: 'the controller changes the number of pods, new ones from 0 to 1 (0 available); 4 ready of 4 required' },
      { at: 2, what: 'the controller changes the number of pods, old ones from 4 to 3 (3 available); 3 ready of 4 required' },
    ]);
  });

  test.each([20, 50, 100])('is exact for %d pods, a few steps deep', (replicas) => {
    const model = workload(replicas, { evictions: 2, budget: { maxUnavailable: 1 }, minReadySeconds: 5 });
    const answer = searchCapacity(model);
    expect(answer).toMatchObject({ fewest: Math.ceil(replicas * 0.75) - 2, exact: true });
    expect(answer.states).toBeLessThan(100);
  });

  test('is exact for an autoscaler\'s whole range where the proof is tight', () => {
    expect(searchCapacity(workload(10, { replicas: { min: 10, max: 100 }, evictions: 1 }))).toMatchObject({ fewest: 7, exact: true });
  });

  test('of more than twenty pods is the number that is proved, if a look does not reach it', () => {
    const answer = searchCapacity(workload(3, { replicas: { min: 3, max: 30 }, evictions: 1 }));
    expect(answer).toEqual({ fewest: 1, exact: false, states: expect.any(Number) });
    expect(answer.states).toBeLessThan(2_100);
  });

  describe('that the proof does not give', () => {
    const model = workload(3, { replicas: { min: 3, max: 6 }, strategy: rolling('25%', '50%'), evictions: 1 });

    test('is that nothing was decided where the states do not suffice', () => {
      const answer = searchCapacity(model, { maxStates: 200 });
      expect(answer).toEqual({
        fewest: 0,
        exact: false,
        states: expect.any(Number),
        reason: 'the search was given up after 200 states, none of them with fewer than 1 available pods, '
          + 'and the proof goes down to 0; lower replicas.max 6 or evictions 1, or raise maxStates',
      });
      expect(answer.states).toBeLessThan(230);
    });

    test('is decided with more states', () => {
      expect(searchCapacity(model)).toEqual({ fewest: 1, exact: true, states: expect.any(Number) });
    });
  });
});
