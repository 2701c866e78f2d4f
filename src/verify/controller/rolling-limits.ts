import { resolvedRollingUpdate } from '../../cluster/count';
import type { Count } from '../workload-model';

/** What a Deployment's `maxSurge` and `maxUnavailable` allow at one number of replicas. */
export interface RollingLimits {
  /** The replicas asked for. */
  readonly replicas: number;
  /** How many pods there may be beyond the replicas. */
  readonly maxSurge: number;
  /** How many of the replicas may be missing. */
  readonly maxUnavailable: number;
  /** The replicas without those that may be missing. */
  readonly minAvailable: number;
}

/**
 * Resolves a rolling update's limits as the Deployment controller does: the surge is rounded up, the unavailable pods down; where
 * that makes both 0, one pod may be missing, since else nothing would move; and no more pods can be missing than there are.
 */
export function rollingLimits(replicas: number, strategy: { readonly maxSurge: Count; readonly maxUnavailable: Count }): RollingLimits {
  const { surge: maxSurge, unavailable: maxUnavailable } = resolvedRollingUpdate(strategy, replicas);
  return { replicas, maxSurge, maxUnavailable, minAvailable: replicas - maxUnavailable };
}
