import { blueGreenOf, canaryOf } from '../../cluster/argo-rollout';
import type { Cluster } from '../../cluster/cluster';
import type { ClusterObject } from '../../cluster/identity';
import type { Workload } from '../../cluster/workload';
import type { Field } from '../../reading/field';

/** Where a Rollout asks for an analysis. */
export interface AnalysisReference {
  readonly field: Field;
  readonly template: string;
  readonly kind: 'AnalysisTemplate' | 'ClusterAnalysisTemplate';
  /** Whether the release goes on only when the analysis is done. */
  readonly isAwaited: boolean;
}

/** All references of a Rollout to analysis templates. */
export function analysisReferencesOf(rollout: Workload): readonly AnalysisReference[] {
  const canary = canaryOf(rollout);
  const steps = canary.get('steps').items();
  return [
    ...templatesOf(canary.get('analysis', 'templates'), false),
    ...steps.flatMap((step) => templatesOf(step.get('analysis', 'templates'), true)),
    ...steps.flatMap((step) => templatesOf(step.get('experiment', 'analyses'), false)),
    ...['prePromotionAnalysis', 'postPromotionAnalysis'].flatMap((name) => templatesOf(blueGreenOf(rollout).get(name, 'templates'), true)),
  ];
}

function templatesOf(list: Field, isAwaited: boolean): AnalysisReference[] {
  return list.items().map((item) => ({
    field: item.get('templateName'),
    template: item.get('templateName').string() ?? '',
    kind: item.get('clusterScope').boolean() === true ? 'ClusterAnalysisTemplate' : 'AnalysisTemplate',
    isAwaited,
  }));
}

/** The template that a Rollout refers to, where it is among those read. */
export function templateReferred(cluster: Cluster, { namespace }: Workload, { kind, template }: AnalysisReference): ClusterObject | undefined {
  return cluster.find(kind, kind === 'AnalysisTemplate' ? namespace : '', template);
}
