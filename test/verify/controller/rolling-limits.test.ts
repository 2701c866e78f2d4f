import * as fc from 'fast-check';
import { podsOf } from '../../../src/cluster/count';
import { rollingLimits } from '../../../src/verify/controller/rolling-limits';
import type { Count } from '../../../src/verify/workload-model';

const limits = (replicas: number, maxSurge: Count, maxUnavailable: Count) => {
  const resolved = rollingLimits(replicas, { maxSurge, maxUnavailable });
  return [resolved.maxSurge, resolved.maxUnavailable, resolved.minAvailable];
};

test.each<[Count, number, 'up' | 'down', number]>([
  [3, 10, 'up', 3],
  [12, 10, 'down', 12],
  ['25%', 10, 'up', 3],
  ['25%', 10, 'down', 2],
  ['0%', 10, 'up', 0],
  ['1%', 1, 'up', 1],
  ['99%', 1, 'down', 0],
  ['29%', 100, 'up', 29],
  ['100%', 7, 'down', 7],
  ['50%', 0, 'up', 0],
])('%s of %d pods, rounded %s, are %d', (count, replicas, rounding, pods) => {
  expect(podsOf(count, replicas, rounding)).toBe(pods);
});

test.each<[number, Count, Count, readonly number[]]>([
  [4, '25%', '25%', [1, 1, 3]],
  [10, '25%', '25%', [3, 2, 8]],
  [3, '25%', '25%', [1, 0, 3]],
  [1, '25%', '25%', [1, 0, 1]],
  [2, 1, 0, [1, 0, 2]],
  [5, 0, 2, [0, 2, 3]],
  [4, '100%', '100%', [4, 4, 0]],
])('%d replicas with surge %s and unavailable %s', (replicas, surge, unavailable, expected) => {
  expect(limits(replicas, surge, unavailable)).toEqual(expected);
});

test('where rounding leaves neither a surge nor a missing pod, one may be missing', () => {
  expect(limits(3, 0, '10%')).toEqual([0, 1, 2]);
  expect(limits(1, '0%', '50%')).toEqual([0, 1, 0]);
});

test('no more pods may be missing than there are', () => {
  expect(limits(2, 1, 5)).toEqual([1, 2, 0]);
  expect(limits(0, 0, 0)).toEqual([0, 0, 0]);
});

test('the pods that stay available never fall when the replicas rise', () => {
  const count = fc.oneof(fc.nat(12), fc.nat(100).map((percent): Count => `${percent}%`));
  fc.assert(fc.property(fc.nat(60), count, count, (replicas, maxSurge, maxUnavailable) => {
    const strategy = { maxSurge, maxUnavailable };
    expect(rollingLimits(replicas + 1, strategy).minAvailable).toBeGreaterThanOrEqual(rollingLimits(replicas, strategy).minAvailable);
  }));
});
