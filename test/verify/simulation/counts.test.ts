import { desiredHealthy, rollingCounts, statefulUnavailable } from '../../../src/verify/simulation/counts';
import type { Budget, Count } from '../../../src/verify/workload-model';

test.each<[Count, Count, number, number, number]>([
  [1, 0, 4, 1, 0],
  ['25%', '25%', 4, 1, 1],
  ['25%', '25%', 5, 2, 1],
  ['25%', '25%', 3, 1, 0],
  ['10%', '10%', 1, 1, 0],
  [0, '10%', 4, 0, 1],
  ['0%', 0, 4, 0, 1],
  ['100%', '100%', 4, 4, 4],
  [0, 9, 4, 0, 4],
])('maxSurge %s and maxUnavailable %s of %d replicas are %d and %d', (maxSurge, maxUnavailable, replicas, surge, unavailable) => {
  expect(rollingCounts(maxSurge, maxUnavailable, replicas)).toEqual({ surge, unavailable });
});

test.each<[Count, number, number]>([[1, 5, 1], [3, 5, 3], ['50%', 5, 2], ['10%', 5, 1]])(
  'of a StatefulSet with maxUnavailable %s and %d replicas %d may be unavailable', (count, replicas, unavailable) => {
    expect(statefulUnavailable(count, replicas)).toBe(unavailable);
  });

test.each<[string, Budget | undefined, number, number]>([
  ['without a budget', undefined, 4, 0],
  ['minAvailable 3', { minAvailable: 3 }, 4, 3],
  ['minAvailable 50%, which rounds up', { minAvailable: '50%' }, 5, 3],
  ['maxUnavailable 1', { maxUnavailable: 1 }, 4, 3],
  ['maxUnavailable 25%, which rounds up', { maxUnavailable: '25%' }, 5, 3],
  ['maxUnavailable above the replicas', { maxUnavailable: 9 }, 4, 0],
])('%s so many of the replicas must stay healthy', (_, budget, replicas, healthy) => {
  expect(desiredHealthy(budget, replicas)).toBe(healthy);
});
