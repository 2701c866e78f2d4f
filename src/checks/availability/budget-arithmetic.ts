import { primaryLabelsOf } from './primary-labels';
import { podsKeptBy, releasedByFlagger } from './serving-workloads';
import { podsOf } from '../../cluster/count';
import type { PodDisruptionBudget } from '../../cluster/pod-disruption-budget';
import type { Relations } from '../../cluster/relations';
import type { Workload } from '../../cluster/workload';

/** How many of so many healthy pods a budget lets be evicted: both its percentages are rounded up. */
export function evictableOf({ maxUnavailable, minAvailable }: PodDisruptionBudget, pods: number): number {
  if (maxUnavailable !== undefined) {
    return Math.min(pods, podsOf(maxUnavailable, pods, 'up'));
  }
  // A budget with neither field expects no pods, and so lets none be evicted.
  return minAvailable === undefined ? 0 : Math.max(0, pods - podsOf(minAvailable, pods, 'up'));
}

/** Whether a budget chooses pods of such labels: in policy/v1beta1 an empty selector chose none. */
export function choosesPods({ apiVersion, selector }: PodDisruptionBudget, labels: ReadonlyMap<string, string>): boolean {
  return selector !== undefined && !(selector.isEmpty && apiVersion === 'policy/v1beta1') && selector.matches(labels);
}

/** The workloads under a budget; of one that Flagger releases also where the budget is over its primary. */
export function workloadsCovered(relations: Relations, budget: PodDisruptionBudget): readonly Workload[] {
  const released = releasedByFlagger(relations);
  return relations.workloadsIn(budget.namespace).filter((workload) => choosesPods(budget, workload.template.labels)
    || (released.has(workload) && choosesPods(budget, primaryLabelsOf(workload))));
}

/** The fewest pods under a budget together; nothing where nodes decide some of them. */
export function fewestCovered(relations: Relations, workloads: readonly Workload[]): number | undefined {
  const kept = workloads.map((workload) => podsKeptBy(relations, workload)?.min);
  return kept.includes(undefined) ? undefined : kept.reduce<number>((sum, pods) => sum + (pods ?? 0), 0);
}
