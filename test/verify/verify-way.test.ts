import { modelOf } from './race/model';
import { remediedCapacity } from '../../src/verify/capacity-remedy';
import { answersFor } from '../../src/verify/verify-way';
import type { WorkloadModel } from '../../src/verify/workload-model';

function lossOf(model: WorkloadModel) {
  const { answers } = answersFor(model, model.waysIn[0], remediedCapacity(model));
  return answers.find(({ counterexample }) => counterexample?.unit === 'steps')?.counterexample;
}

describe('the request that finds too few pods', () => {
  const way = { path: 'istio' as const, fallsBackToTerminating: false };

  test('is marked in a lane of the way in, at the last step', () => {
    const timeline = lossOf(modelOf({ replicas: { min: 2, max: 2 }, strategy: { kind: 'recreate' }, way }))!;
    const last = Math.max(...timeline.events.map(({ at }) => at));
    expect(last).toBeGreaterThan(0);
    expect(timeline.lost).toEqual({ at: last, lane: 'istio', why: 'no pod is ready, and istio sends to no other' });
    expect(timeline.lanes.at(-1)).toEqual({ label: 'istio', spans: [{ state: 'routed', from: 0, to: last }] });
    expect(timeline.remedy).toBe('replace the strategy Recreate with RollingUpdate (maxSurge 1, maxUnavailable 0)');
  });

  test('is told with how many pods there are, and how many there must be', () => {
    const timeline = lossOf(modelOf({ strategy: { kind: 'rollingUpdate', maxSurge: 1, maxUnavailable: 1 }, requiredReady: 3, evictions: 0, way }))!;
    expect(timeline.lost?.why).toBe('2 pods are ready, and 3 must be to carry the load');
    expect(timeline.remedy).toBe('set maxUnavailable to 0');
  });

  test('is there from the start where there never are enough', () => {
    const timeline = lossOf(modelOf({ replicas: { min: 2, max: 2 }, requiredReady: 3, evictions: 0, minReadySeconds: 0, way }))!;
    expect(timeline.lost?.at).toBe(0);
    expect(timeline.lanes.at(-1)).toEqual({ label: 'istio', spans: [] });
  });
});
