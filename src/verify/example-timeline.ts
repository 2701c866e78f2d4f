import type { Timeline } from './timeline';
import type { Verified } from './verdict';

/** The timeline that tells most: the first counterexample, workload by workload. Nothing where every release holds. */
export function exampleTimeline({ workloads }: Verified): Timeline | undefined {
  return workloads.flatMap(({ ways }) => ways).map(({ counterexample }) => counterexample).find((timeline) => timeline !== undefined);
}
