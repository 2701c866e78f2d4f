import { resolvedRollingUpdate } from '../../cluster/count';
import type { Workload } from '../../cluster/workload';
import type { RuleContext } from '../rule';

/**
 * The most pods of a workload that are alive at once while it is released, terminating ones included.
 *
 * A surge does not count pods that are terminating. In any span of minReadySeconds at most surge + unavailable pods are deleted,
 * so of those deleted within a grace period that many times the spans in it are alive; and never more than all old and all new ones.
 */
export function peakPodsOf(context: RuleContext, workload: Workload): number {
  const assumptions = context.assumptionsOf(workload);
  const { kind, strategy, minReadySeconds, template } = workload;
  if (kind === 'StatefulSet') {
    return context.relations.replicasOf(workload).max;
  }
  const most = kind === 'DaemonSet' ? assumptions.numberOf('nodes') : context.relations.replicasOf(workload).max;
  const { surge, unavailable } = resolvedRollingUpdate(strategy, most);
  if (kind === 'DaemonSet') {
    return most + Math.min(surge, most);
  }
  const evicted = Math.min(most, assumptions.numberOf('evictions'));
  if (strategy.type === 'Recreate') {
    return most + evicted;
  }
  const spans = Math.ceil(template.terminationGracePeriodSeconds / Math.max(1, minReadySeconds));
  const timed = most + surge + (surge + unavailable) * spans;
  return evicted + (strategy.type === 'RollingUpdate' ? Math.min(timed, 2 * most) : 2 * most);
}
