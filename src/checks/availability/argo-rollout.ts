import type { Cluster } from '../../cluster/cluster';
import { groupOf, type ClusterObject } from '../../cluster/identity';
import type { Workload } from '../../cluster/workload';
import type { Field } from '../../reading/field';

/** The Argo Rollouts among the workloads. */
export function rolloutsOf(cluster: Cluster): readonly Workload[] {
  return cluster.workloads.filter(({ kind }) => kind === 'Rollout');
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
