import { desiredHealthy } from '../controller/disruption-budget';
import type { WorkloadModel } from '../workload-model';

/** What a search starts from: the model, and what else may happen besides the release. */
export interface Setting {
  readonly model: WorkloadModel;
  /** How often the template may change again: to a third version, or back to the old one. */
  readonly changes: number;
  /** How often the autoscaler may change the replicas. */
  readonly scalings: number;
  /** Each number of replicas that the release may start with, and that the autoscaler may choose, the smallest first. */
  readonly replicas: readonly number[];
}

/**
 * The searches that together answer for a model: a template that changes once more, and an autoscaler that moves once, are looked
 * at apart, each with every eviction.
 *
 * One move, because an autoscaler takes back what it has added only after a stabilization window, by default of 300 s. It goes from
 * any number to any other: the ends of the range do not suffice, since rounding may take a pod more in between. Pods that are
 * recreated are all gone anyhow.
 */
export function settingsOf(model: WorkloadModel): readonly Setting[] {
  const { replicas: { min, max }, strategy } = model;
  const range = Array.from({ length: max - min + 1 }, (_, index) => min + index);
  return [
    ...range.map((replicas) => ({ model, changes: 1, scalings: 0, replicas: [replicas] })),
    ...min < max && strategy.kind !== 'recreate' ? [{ model, changes: 0, scalings: 1, replicas: range }] : [],
  ];
}

/** How many healthy pods the budget wants at so many replicas. Without one, none. */
export function healthyWanted({ budget }: WorkloadModel, replicas: number): number {
  return budget === undefined ? 0 : desiredHealthy(budget, replicas);
}
