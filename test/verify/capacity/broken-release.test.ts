import { rolling, workload } from './models';
import { predictBrokenRelease } from '../../../src/verify/capacity/broken-release';
import type { Strategy, WorkloadModel } from '../../../src/verify/workload-model';

const ungated = { accepts: { atLeast: 1, atMost: 10 }, gated: false, noticedWithinSeconds: 0 };
const outcome = (model: WorkloadModel) => {
  const { neverReady, crashesAfterReady } = predictBrokenRelease(model);
  return [neverReady, crashesAfterReady].map(({ servingPods, rolloutStatus }) => `${servingPods} ${rolloutStatus}`);
};
const oneByOne: Strategy = { kind: 'oneByOne', maxUnavailable: 1 };
const switchOver: Strategy = { kind: 'switchOver', scaleDownDelaySeconds: 30 };

test.each<[string, Strategy, number]>([
  ['a rolling update of a quarter', rolling('25%', '25%'), 8],
  ['a rolling update of which none may be missing', rolling(1, 0), 10],
  ['a rolling update of which all may be missing', rolling(1, '100%'), 0],
  ['a StatefulSet', oneByOne, 9],
  ['a switch-over', switchOver, 10],
  ['pods that are recreated', { kind: 'recreate' }, 0],
])('a version that never becomes ready leaves %s what it must keep available', (_, strategy, pods) => {
  const { neverReady } = predictBrokenRelease(workload(10, { strategy, progressDeadlineSeconds: 600 }));
  expect(neverReady.servingPods).toBe(pods);
});

test('the release counts as failed after its deadline', () => {
  const { neverReady } = predictBrokenRelease(workload(4, { progressDeadlineSeconds: 600 }));
  expect(neverReady).toEqual({
    servingPods: 3,
    rolloutStatus: 'failure',
    because: 'a new pod that is not ready is never available, and 3 of 4 old pods stay; '
      + 'after progressDeadlineSeconds 600s without progress the release counts as failed',
  });
});

test('without a deadline, it waits', () => {
  const { neverReady } = predictBrokenRelease(workload(4));
  expect(neverReady.rolloutStatus).toBe('waits');
  expect(neverReady.because).toContain('without progressDeadlineSeconds nothing ever says');
});

test('a StatefulSet waits, deadline or not', () => {
  const { neverReady } = predictBrokenRelease(workload(4, { strategy: oneByOne, progressDeadlineSeconds: 600 }));
  expect(neverReady.rolloutStatus).toBe('waits');
  expect(neverReady.because).toContain('a StatefulSet has no progressDeadlineSeconds');
});

test('pods that are recreated are all gone when the release fails', () => {
  const { neverReady } = predictBrokenRelease(workload(4, { strategy: { kind: 'recreate' }, progressDeadlineSeconds: 60 }));
  expect(neverReady.because).toContain('no old pod is kept');
});

test('where nobody asks the program, a version that never accepts replaces everything and counts as success', () => {
  const { neverReady } = predictBrokenRelease(workload(4, { start: ungated, minReadySeconds: 5, progressDeadlineSeconds: 600 }));
  expect(neverReady).toMatchObject({ servingPods: 0, rolloutStatus: 'success' });
  expect(neverReady.because).toContain('available after minReadySeconds 5s: every old pod is replaced');
});

test('a version that crashes after it was ready replaces everything unless it must stay ready a while', () => {
  expect(outcome(workload(4, { progressDeadlineSeconds: 600 }))).toEqual(['3 failure', '0 success']);
  expect(outcome(workload(4, { progressDeadlineSeconds: 600, minReadySeconds: 10 }))).toEqual(['3 failure', '3 failure']);
});

test('a crash is noticed without a probe', () => {
  expect(outcome(workload(4, { start: ungated, progressDeadlineSeconds: 600, minReadySeconds: 10 }))).toEqual(['0 success', '3 failure']);
});

test('an autoscaled workload is judged at its fewest replicas', () => {
  expect(outcome(workload(4, { replicas: { min: 4, max: 40 }, minReadySeconds: 10 }))).toEqual(['3 waits', '3 waits']);
});
