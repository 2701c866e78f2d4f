import type { Item } from './item';

/**
 * The order in which objects are made, each after all before it: what pods are started with, what changes the schema, what leads to them, what protects them, they
 * themselves, and what acts on them. A readiness gate is only put into a pod whose Service and Ingress are there, and a VirtualService must
 * name no subset before its DestinationRule.
 */
const STAGES: readonly (readonly string[])[] = [
  ['ServiceAccount', 'ConfigMap', 'NetworkPolicy', 'AnalysisTemplate', 'MetricTemplate'],
  ['Job', 'CronJob'],
  ['Service', 'DestinationRule'],
  ['VirtualService', 'Ingress', 'HTTPRoute', 'GRPCRoute', 'TargetGroupBinding', 'KeepingRule', 'ListenerRule'],
  ['PodDisruptionBudget'],
  ['Deployment', 'Rollout'],
  ['HorizontalPodAutoscaler', 'ScaledObject'],
];

const AFTER_WORKLOADS = 5.5;

/** Resources of one service that are made together. */
export interface Stage {
  readonly items: readonly Item[];
  /** Whether they are there already, and are to be left as they are. */
  readonly isUntouched: boolean;
}

/**
 * Groups items into stages.
 * @param switched ids of what leads all traffic from one version to another at once: it follows the pods that it leads to
 */
export function stagesOf(items: readonly Item[], switched: ReadonlySet<string> = new Set(), isUntouched = false): Stage[] {
  const byStage = new Map<number, Item[]>();
  for (const item of items) {
    const stage = switched.has(item.id) ? AFTER_WORKLOADS : stageOf(item);
    byStage.set(stage, [...byStage.get(stage) ?? [], item]);
  }
  return [...byStage].sort(([one], [other]) => one - other).map(([, inStage]) => ({ items: inStage, isUntouched }));
}

/** What no stage names acts on pods: an engine's Canary, alerts. */
function stageOf({ kind }: Item): number {
  const stage = STAGES.findIndex((kinds) => kinds.includes(kind));
  return stage === -1 ? STAGES.length : stage;
}
