import { podsOf } from '../../cluster/count';
import type { Count } from '../workload-model';

/** How many pods of a StatefulSet an update may have unavailable: a percentage is rounded down, and it is one at least. */
export function statefulSetMaxUnavailable(maxUnavailable: Count, replicas: number): number {
  return Math.max(1, podsOf(maxUnavailable, replicas, 'down'));
}

/** How many pods the StatefulSet controller deletes next. It counts every unavailable pod, whatever made it so. */
export function statefulSetDeletions(maxUnavailable: Count, replicas: number, unavailable: number): number {
  return Math.max(0, statefulSetMaxUnavailable(maxUnavailable, replicas) - unavailable);
}

/** What a DaemonSet's update may add and take away on so many nodes: both are rounded up, and not both are 0. */
export function daemonSetLimits(nodes: number, strategy: { readonly maxSurge: Count; readonly maxUnavailable: Count }): {
  readonly maxSurge: number;
  readonly maxUnavailable: number;
} {
  const maxSurge = podsOf(strategy.maxSurge, nodes, 'up');
  const maxUnavailable = podsOf(strategy.maxUnavailable, nodes, 'up');
  return { maxSurge, maxUnavailable: nodes > 0 && maxSurge === 0 && maxUnavailable === 0 ? 1 : maxUnavailable };
}
