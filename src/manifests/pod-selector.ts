import { primaryOf } from './engines/flagger/primary';
import { selectorOf } from './manifest';
import type { Planned } from '../plan/planned-service';

/** Selects pods, as Kubernetes writes it. */
export interface PodSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: ReadonlyArray<{ readonly key: string; readonly operator: 'In'; readonly values: readonly string[] }>;
}

/** Selects the pods of every version of the service, and no others. */
export function podSelectorOf(planned: Planned): PodSelector {
  const { rollout, spec } = planned;
  const labels = selectorOf(planned);
  if (rollout.kind === 'rolling' || rollout.engine.kind !== 'flagger') {
    return { matchLabels: labels };
  }
  const primary = primaryOf(spec).labels;
  return { matchExpressions: Object.entries(labels).map(([key, value]) => ({ key, operator: 'In', values: [value, primary[key]] })) };
}
