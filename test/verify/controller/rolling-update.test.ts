import * as fc from 'fast-check';
import { rollingLimits } from '../../../src/verify/controller/rolling-limits';
import { newReplicas, scaleDownOld } from '../../../src/verify/controller/rolling-update';

const set = (replicas: number, available = replicas) => ({ replicas, available });

test.each([
  ['grows by the surge at first', 10, 2, 0, 10, 2],
  ['grows into what the old ones have left', 10, 0, 3, 5, 5],
  ['grows into both', 10, 2, 2, 6, 6],
  ['does not grow beyond the room', 10, 0, 5, 5, 5],
  ['never exceeds the replicas', 4, 4, 3, 1, 4],
  ['stays where there are too many pods already', 4, 1, 2, 7, 2],
  ['stays when it has every replica', 4, 1, 4, 1, 4],
  ['shrinks to the replicas', 3, 1, 5, 0, 3],
  ['grows from nothing where nothing is old', 3, 0, 0, 0, 3],
])('the new ReplicaSet %s', (_, replicas, maxSurge, now, old, expected) => {
  expect(newReplicas(rollingLimits(replicas, { maxSurge, maxUnavailable: 1 }), set(now), old)).toBe(expected);
});

describe('old ReplicaSets', () => {
  const limits = rollingLimits(10, { maxSurge: 3, maxUnavailable: 2 });

  test('lose what may be missing', () => {
    expect(scaleDownOld(limits, set(3, 0), [set(10)])).toEqual([8]);
  });

  test('lose one for every new pod that is available', () => {
    expect(scaleDownOld(limits, set(5, 2), [set(8)])).toEqual([6]);
  });

  test('lose nothing when no more may be missing', () => {
    expect(scaleDownOld(limits, set(5, 0), [set(8)])).toEqual([8]);
  });

  test('lose nothing for a pod that a node took: the new ones, broken, would not replace more', () => {
    expect(scaleDownOld(limits, set(5, 0), [set(8, 7)])).toEqual([8]);
  });

  test('after a rollback, lose broken pods first', () => {
    expect(scaleDownOld(limits, set(8, 7), [set(5, 0)])).toEqual([1]);
  });

  test('lose unavailable pods of the elder before those of the younger', () => {
    expect(scaleDownOld(limits, set(0), [set(8), set(5, 0)])).toEqual([8, 0]);
    expect(scaleDownOld(rollingLimits(4, { maxSurge: 1, maxUnavailable: 1 }), set(1, 0), [set(2, 0), set(3, 0)])).toEqual([0, 3]);
  });

  test('lose unavailable pods first and available ones after them, in one round', () => {
    expect(scaleDownOld(rollingLimits(4, { maxSurge: 1, maxUnavailable: 1 }), set(2), [set(3, 2)])).toEqual([1]);
  });

  test('take turns, the eldest first, when available ones go', () => {
    expect(scaleDownOld(limits, set(6), [set(1), set(4)])).toEqual([0, 2]);
  });

  test('are left alone while a status does not show the last deletions', () => {
    expect(scaleDownOld(limits, set(5, 2), [set(8, 10)])).toEqual([8]);
  });

  test('of which the second one has such a status keep what the first one has already lost', () => {
    expect(scaleDownOld(limits, set(5, 5), [set(3, 2), set(2, 3)])).toEqual([2, 2]);
  });

  test('of no pods are passed over, whatever their status says', () => {
    expect(scaleDownOld(limits, set(3, 0), [set(0, 2), set(10)])).toEqual([0, 8]);
  });

  test('with every deletion noticed never fall below what must stay available', () => {
    const pods = fc.nat(12).chain((replicas) => fc.nat(replicas).map((available) => set(replicas, available)));
    fc.assert(fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(4), fc.nat(4), pods, fc.array(pods, { minLength: 1, maxLength: 2 }),
      (replicas, maxSurge, maxUnavailable, newSet, oldSets) => {
        const drawn = rollingLimits(replicas, { maxSurge, maxUnavailable });
        const sizes = scaleDownOld(drawn, newSet, oldSets);
        const left = (after: readonly number[]) => oldSets
          .reduce((total, { available }, index) => total + Math.min(available, after[index]), newSet.available);
        const before = left(oldSets.map((old) => old.replicas));
        expect(left(sizes)).toBeGreaterThanOrEqual(Math.min(before, drawn.minAvailable));
      }));
  });
});
