import type { Rendered } from '../manifest';

/**
 * The objects that differ by engine, in the order in which they are to be applied: what leads to the pods, what protects them,
 * the pods, and what scales them.
 */
export interface EngineManifests {
  readonly traffic: readonly Rendered[];
  readonly budgets: readonly Rendered[];
  readonly workloads: readonly Rendered[];
  readonly autoscalers: readonly Rendered[];
}
