/** A number of pods, or a percentage as Kubernetes writes it. */
export type Count = number | `${number}%`;

/** The number of pods that a count means out of `total`, rounded as the field concerned is. */
export function podsOf(count: Count, total: number, rounding: 'up' | 'down'): number {
  if (typeof count === 'number') {
    return count;
  }
  // In whole numbers, because 0.07 × 100 is more than 7 in binary fractions and would be rounded up to 8.
  const share = Number(count.slice(0, -1)) * total;
  return rounding === 'up' ? Math.ceil(share / 100) : Math.floor(share / 100);
}

/** The surge and the unavailable pods of a rolling update, as the deployment controller resolves them. */
export function resolvedRollingUpdate(
  strategy: { readonly maxSurge: Count; readonly maxUnavailable: Count }, replicas: number,
): { readonly surge: number; readonly unavailable: number } {
  const surge = podsOf(strategy.maxSurge, replicas, 'up');
  const unavailable = podsOf(strategy.maxUnavailable, replicas, 'down');
  // Where both come to nothing the controller takes one pod away, because no release could move otherwise.
  return { surge, unavailable: surge === 0 && unavailable === 0 ? Math.min(1, replicas) : Math.min(unavailable, replicas) };
}
