import type { RollingLimits } from './rolling-limits';

/** A ReplicaSet when the Deployment's replicas change, or while it is paused. */
export interface ScaledReplicaSet {
  /** `spec.replicas`. */
  readonly replicas: number;
  /** `status.availableReplicas`. */
  readonly available: number;
  /** What the annotation `deployment.kubernetes.io/max-replicas` says: replicas + maxSurge when it was last scaled. Absent: lost. */
  readonly maxReplicas?: number;
  /** What the annotation `deployment.kubernetes.io/desired-replicas` says. */
  readonly desiredReplicas?: number;
}

/** Where the ReplicaSets of one Deployment stand. */
export interface ScaledDeployment {
  /** The eldest first. */
  readonly sets: readonly ScaledReplicaSet[];
  /** Which of them has the Deployment's present template. Absent: it has not been created. */
  readonly newest?: number;
  /** The Deployment's `status.replicas`, which stands in for a lost annotation. */
  readonly statusReplicas: number;
}

/**
 * The sizes that the controller gives the ReplicaSets when the replicas have changed in the middle of a release, or while it is
 * paused: every one keeps its share, so that scaling makes a release neither faster nor slower.
 */
export function scaledSizes(limits: RollingLimits, deployment: ScaledDeployment): readonly number[] {
  const { sets, newest } = deployment;
  const sizes = sets.map(({ replicas }) => replicas);
  const active = sets.flatMap(({ replicas }, index) => replicas > 0 ? [index] : []);
  if (active.length <= 1) {
    const only = active[0] ?? newest ?? sets.length - 1;
    return sizes.map((size, index) => index === only ? limits.replicas : size);
  }
  if (newest !== undefined && isSaturated(sets[newest], limits.replicas)) {
    return sizes.map((size, index) => index === newest ? size : 0);
  }
  return shareOut(limits, deployment, active);
}

/** Whether a ReplicaSet owns, and knows that it should own, all replicas. */
function isSaturated({ replicas, available, desiredReplicas }: ScaledReplicaSet, desired: number): boolean {
  return replicas === desired && desiredReplicas === desired && available === desired;
}

/** The largest set comes first, and takes what rounding leaves over. Equal sets: the youngest first to add, the eldest first to remove. */
function shareOut(limits: RollingLimits, { sets, statusReplicas }: ScaledDeployment, active: readonly number[]): readonly number[] {
  const sizes = sets.map(({ replicas }) => replicas);
  const allowed = limits.replicas > 0 ? limits.replicas + limits.maxSurge : 0;
  const toAdd = allowed - active.reduce((total, index) => total + sizes[index], 0);
  if (toAdd === 0) {
    return sizes;
  }
  const age = toAdd > 0 ? -1 : 1;
  const order = [...active].sort((one, other) => sets[other].replicas - sets[one].replicas || age * (one - other));
  let added = 0;
  for (const index of order) {
    const share = shareOf(sets[index], limits, statusReplicas);
    const left = toAdd - added;
    const change = toAdd > 0 ? Math.min(share, left) : Math.max(share, left);
    sizes[index] += change;
    added += change;
  }
  sizes[order[0]] = Math.max(0, sizes[order[0]] + toAdd - added);
  return sizes;
}

/** By how much a set grows if it keeps its part of the whole. */
function shareOf({ replicas, maxReplicas }: ScaledReplicaSet, limits: RollingLimits, statusReplicas: number): number {
  if (limits.replicas === 0) {
    return -replicas;
  }
  const before = maxReplicas || statusReplicas;
  return before === 0 ? 0 : Math.round(replicas * (limits.replicas + limits.maxSurge) / before) - replicas;
}
