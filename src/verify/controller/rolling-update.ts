import { availableOf, ObservedReplicaSet, replicasOf } from './replica-set';
import type { RollingLimits } from './rolling-limits';

/** How many pods the controller gives the new ReplicaSet next, old ones having so many altogether. */
export function newReplicas(limits: RollingLimits, newSet: ObservedReplicaSet, oldReplicas: number): number {
  const { replicas, maxSurge } = limits;
  if (newSet.replicas > replicas) {
    return replicas;
  }
  const room = replicas + maxSurge - oldReplicas - newSet.replicas;
  return newSet.replicas + Math.max(0, Math.min(room, replicas - newSet.replicas));
}

/**
 * How many pods the controller leaves to each of the old ReplicaSets (the eldest first) once the new one cannot grow: first it
 * takes pods that are not available, then available ones as long as enough are left.
 *
 * It goes by statuses. Where one says that more pods are available than were asked for (its own deletions have not been noticed),
 * the controller refuses its own sum and takes nothing further: that, and nothing else, keeps it from deleting twice.
 */
export function scaleDownOld(limits: RollingLimits, newSet: ObservedReplicaSet, oldSets: readonly ObservedReplicaSet[]): readonly number[] {
  const sizes = oldSets.map(({ replicas }) => replicas);
  const newUnavailable = newSet.replicas - newSet.available;
  const spare = replicasOf(oldSets) + newSet.replicas - limits.minAvailable - newUnavailable;
  if (spare <= 0 || !cleanUpUnavailable(oldSets, sizes, spare)) {
    return sizes;
  }
  const active = oldSets.filter(({ replicas }) => replicas > 0);
  let takeable = availableOf(active) + newSet.available - limits.minAvailable;
  sizes.forEach((size, index) => {
    const taken = Math.max(0, Math.min(size, takeable));
    sizes[index] = size - taken;
    takeable -= taken;
  });
  return sizes;
}

/** Takes up to `most` pods that are not available. False where a status contradicts the number asked for. */
function cleanUpUnavailable(oldSets: readonly ObservedReplicaSet[], sizes: number[], most: number): boolean {
  let left = most;
  for (let index = 0; index < oldSets.length && left > 0; index += 1) {
    const { replicas, available } = oldSets[index];
    if (replicas > 0 && available > replicas) {
      return false;
    }
    const taken = replicas > 0 ? Math.min(left, replicas - available) : 0;
    sizes[index] = replicas - taken;
    left -= taken;
  }
  return true;
}
