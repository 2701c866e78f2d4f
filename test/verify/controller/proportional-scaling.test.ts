import * as fc from 'fast-check';
import { ScaledReplicaSet, scaledSizes } from '../../../src/verify/controller/proportional-scaling';
import { rollingLimits } from '../../../src/verify/controller/rolling-limits';

const limits = (replicas: number, maxSurge = 0) => rollingLimits(replicas, { maxSurge, maxUnavailable: 1 });
/** Sets of a Deployment that had so many replicas and surge in all, each with every pod available. */
const sets = (before: number, ...replicas: number[]): ScaledReplicaSet[] => replicas
  .map((size) => ({ replicas: size, available: size, maxReplicas: before, desiredReplicas: before }));
const total = (sizes: readonly number[]) => sizes.reduce((sum, size) => sum + size, 0);

test.each([
  ['twice as many', 10, [5, 5], 20, [10, 10]],
  ['half as many', 10, [5, 5], 5, [2, 3]],
  ['the largest takes what is left over', 10, [6, 4], 13, [8, 5]],
  ['of equal sets the youngest grows first', 10, [5, 5], 11, [5, 6]],
  ['of equal sets the eldest shrinks first', 10, [5, 5], 9, [4, 5]],
  ['three sets', 10, [2, 3, 5], 20, [4, 6, 10]],
  ['three sets that rounding cannot share out', 10, [3, 3, 4], 11, [3, 3, 5]],
  ['nothing', 10, [6, 4], 10, [6, 4]],
  ['to none', 10, [6, 4], 0, [0, 0]],
])('changes by shares: %s', (_, before, replicas, after, expected) => {
  const newest = replicas.length - 1;
  expect(scaledSizes(limits(after), { sets: sets(before, ...replicas), newest, statusReplicas: before })).toEqual(expected);
});

test('the surge is shared out too', () => {
  expect(scaledSizes(limits(10, 3), { sets: sets(7, 4, 3), newest: 1, statusReplicas: 7 })).toEqual([7, 6]);
});

test('a set of no pods gets none', () => {
  expect(scaledSizes(limits(20), { sets: sets(10, 0, 4, 6), newest: 2, statusReplicas: 10 })).toEqual([0, 8, 12]);
});

test('the only set with pods gets all, be it old or new', () => {
  expect(scaledSizes(limits(7, 2), { sets: sets(10, 5, 0), newest: 1, statusReplicas: 5 })).toEqual([7, 0]);
  expect(scaledSizes(limits(7, 2), { sets: sets(10, 0, 5), newest: 1, statusReplicas: 5 })).toEqual([0, 7]);
});

test('where no set has pods the newest gets all, or the youngest of the old ones', () => {
  expect(scaledSizes(limits(3), { sets: sets(10, 0, 0), newest: 0, statusReplicas: 0 })).toEqual([3, 0]);
  expect(scaledSizes(limits(3), { sets: sets(10, 0, 0), statusReplicas: 0 })).toEqual([0, 3]);
});

test('a new set that owns every replica leaves the old ones none', () => {
  const saturated = { replicas: 4, available: 4, maxReplicas: 5, desiredReplicas: 4 };
  expect(scaledSizes(limits(4, 1), { sets: [...sets(5, 2), saturated], newest: 1, statusReplicas: 6 })).toEqual([0, 4]);
});

test.each([
  ['is not available as a whole', { replicas: 4, available: 3, maxReplicas: 5, desiredReplicas: 4 }],
  ['was not told to', { replicas: 4, available: 4, maxReplicas: 5, desiredReplicas: 3 }],
])('a new set with as many pods as replicas that %s shares', (_, newest) => {
  expect(scaledSizes(limits(4, 1), { sets: [...sets(5, 2), newest], newest: 1, statusReplicas: 6 })).toEqual([2, 3]);
});

test('a lost annotation is made up for by the pods that there are', () => {
  const lost = [{ replicas: 4, available: 4 }, { replicas: 2, available: 2, maxReplicas: 0 }];
  expect(scaledSizes(limits(12), { sets: lost, newest: 1, statusReplicas: 6 })).toEqual([8, 4]);
});

test('with no pods to make up for a lost annotation the largest set takes all that is added', () => {
  const lost = [{ replicas: 2, available: 0 }, { replicas: 1, available: 0 }];
  expect(scaledSizes(limits(6), { sets: lost, newest: 1, statusReplicas: 0 })).toEqual([5, 1]);
});

test('the sizes always add up to the replicas and the surge, and every set changes in the same direction', () => {
  const replicas = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 4 });
  fc.assert(fc.property(replicas, fc.integer({ min: 1, max: 60 }), fc.nat(5), (before, after, surge) => {
    const deployment = { sets: sets(total(before), ...before).map((set) => ({ ...set, available: 0 })), newest: 0, statusReplicas: total(before) };
    const sizes = scaledSizes(limits(after, surge), deployment);
    const direction = Math.sign(after + surge - total(before));
    expect(total(sizes)).toBe(after + surge);
    expect(sizes.filter((size, index) => size < 0 || Math.sign(size - before[index]) * direction < 0)).toEqual([]);
  }));
});
