import type { Cluster } from '../../cluster/cluster';
import { groupOf, type ClusterObject } from '../../cluster/identity';
import type { Workload } from '../../cluster/workload';
import type { Field } from '../../reading/field';

/** The Argo Rollouts among the workloads. */
export function rolloutsOf(cluster: Cluster): readonly Workload[] {
  return cluster.workloads.filter(({ kind }) => kind === 'Rollout');
}

/** `spec.strategy.canary` of a Rollout. */
export function canaryOf({ field }: Workload): Field {
  return field.get('spec', 'strategy', 'canary');
}

/** `spec.strategy.blueGreen` of a Rollout. */
export function blueGreenOf({ field }: Workload): Field {
  return field.get('spec', 'strategy', 'blueGreen');
}

/** The fields of a Rollout that name Services whose selector its controller changes, in pairs that must not be one. */
export function servicePairsOf(rollout: Workload): readonly (readonly [Field, Field])[] {
  const canary = canaryOf(rollout);
  const blueGreen = blueGreenOf(rollout);
  return [
    [canary.get('stableService'), canary.get('canaryService')],
    [canary.get('pingPong', 'pingService'), canary.get('pingPong', 'pongService')],
    [blueGreen.get('activeService'), blueGreen.get('previewService')],
  ];
}

/** A metric of an analysis, and the template in which it stands. */
export interface AnalysisMetric {
  readonly template: ClusterObject;
  readonly field: Field;
  readonly name: string;
}

/** The metrics of all analysis templates. */
export function analysisMetricsOf(cluster: Cluster): readonly AnalysisMetric[] {
  const templates = ['AnalysisTemplate', 'ClusterAnalysisTemplate'].flatMap((kind) => cluster.ofKind(kind));
  return templates.filter((object) => groupOf(object) === 'argoproj.io').flatMap((template) =>
    template.field.get('spec', 'metrics').items().map((field) => ({ template, field, name: field.get('name').string() ?? '' })));
}
