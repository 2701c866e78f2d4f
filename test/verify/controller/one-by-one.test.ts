import { daemonSetLimits, statefulSetDeletions, statefulSetMaxUnavailable } from '../../../src/verify/controller/one-by-one';
import type { Count } from '../../../src/verify/workload-model';

test.each<[Count, number, number]>([
  [1, 5, 1],
  [3, 5, 3],
  ['25%', 10, 2],
  ['25%', 3, 1],
  ['0%', 3, 1],
])('a StatefulSet with maxUnavailable %s of %d may miss %d', (count, replicas, pods) => {
  expect(statefulSetMaxUnavailable(count, replicas)).toBe(pods);
});

test.each([
  [0, 2],
  [1, 1],
  [2, 0],
  [3, 0],
])('with %d pods unavailable a StatefulSet that may miss two deletes %d more', (unavailable, deletions) => {
  expect(statefulSetDeletions(2, 5, unavailable)).toBe(deletions);
});

test.each<[number, Count, Count, number, number]>([
  [10, 0, 1, 0, 1],
  [10, '25%', 0, 3, 0],
  [10, 0, '25%', 0, 3],
  [3, 0, '1%', 0, 1],
  [3, 0, 0, 0, 1],
  [0, 0, 0, 0, 0],
])('a DaemonSet on %d nodes with surge %s and unavailable %s', (nodes, maxSurge, maxUnavailable, surge, unavailable) => {
  expect(daemonSetLimits(nodes, { maxSurge, maxUnavailable })).toEqual({ maxSurge: surge, maxUnavailable: unavailable });
});
