/** A ReplicaSet as the Deployment controller sees it: what it asked for, and what the last status said. */
export interface ObservedReplicaSet {
  /** `spec.replicas`. */
  readonly replicas: number;
  /** `status.availableReplicas`, which may be older than the pods are. */
  readonly available: number;
}

/** The sum of `spec.replicas`. */
export function replicasOf(sets: readonly ObservedReplicaSet[]): number {
  return sets.reduce((total, { replicas }) => total + replicas, 0);
}

/** The sum of `status.availableReplicas`. */
export function availableOf(sets: readonly ObservedReplicaSet[]): number {
  return sets.reduce((total, { available }) => total + available, 0);
}
