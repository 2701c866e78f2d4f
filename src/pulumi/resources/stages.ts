import type { Rendered } from '../../manifests/manifest';

/**
 * The order in which objects are made, each after all before it: what pods are started with, what leads to them, what protects them, they
 * themselves, and what acts on them. A readiness gate is only put into a pod whose Service and Ingress are there, and a VirtualService must
 * name no subset before its DestinationRule.
 */
const STAGES: readonly (readonly string[])[] = [
  ['ServiceAccount', 'ConfigMap', 'NetworkPolicy', 'AnalysisTemplate', 'MetricTemplate'],
  ['Service', 'DestinationRule'],
  ['VirtualService', 'Ingress', 'HTTPRoute', 'GRPCRoute', 'TargetGroupBinding'],
  ['PodDisruptionBudget'],
  ['Deployment', 'Rollout'],
  ['HorizontalPodAutoscaler', 'ScaledObject'],
];

const WORKLOADS_FIRST = 4.5;

/** Objects of one service that are made together. */
export type Stage = readonly Rendered[];

/**
 * Groups objects into stages.
 * @param switched ids of objects that lead all traffic from one version to another at once: they follow the pods that they lead to
 */
export function stagesOf(rendered: readonly Rendered[], switched: ReadonlySet<string>): Stage[] {
  const byStage = new Map<number, Rendered[]>();
  for (const object of rendered) {
    const stage = switched.has(object.id) ? WORKLOADS_FIRST : stageOf(object);
    byStage.set(stage, [...byStage.get(stage) ?? [], object]);
  }
  return [...byStage].sort(([one], [other]) => one - other).map(([, objects]) => objects);
}

/** What no stage names acts on pods: an engine's Canary, alerts. */
function stageOf({ manifest: { kind } }: Rendered): number {
  const stage = STAGES.findIndex((kinds) => kinds.includes(kind));
  return stage === -1 ? STAGES.length : stage;
}
