import type { ClusterObject } from '../../cluster/identity';
import type { Rule } from '../rule';
import { analysisReferencesOf, templateReferred } from './analysis-references';
import { rolloutsOf } from './argo-rollout';
import { PODS, ROLLOUT, SERVICE } from './example-manifests';

const ANALYSED = `${SERVICE}${ROLLOUT}
  replicas: 4
  strategy: { canary: { steps: [{ setWeight: 25 }, { analysis: { templates: [{ templateName: smoke }] } }] } }
  ${PODS}
---
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: { name: smoke }
spec:
  metrics:
    - name: smoke
      interval: 1m
      count: 5
      provider: { web: { url: "http://payments/smoke", jsonPath: "{$.passed}" } }
      successCondition: result == true
`;

/** A release waits for nothing that has no end. */
export const ANALYSIS_NEVER_ENDS: Rule = {
  id: 'analysis-never-ends',
  severity: 'error',
  title: 'An analysis that a release waits for has an end.',
  why: 'A metric with an interval and no count is measured for ever. That suits an analysis in the background, which ends with the release. '
    + 'An analysis that is a step, or that comes before or after a promotion, must end before the release goes on, and this one never succeeds.',
  sources: ['https://argo-rollouts.readthedocs.io/en/stable/features/analysis/'],
  failing: ANALYSED.replace('      count: 5\n', ''),
  passing: ANALYSED,
  check: ({ cluster }) => rolloutsOf(cluster).flatMap((rollout) => {
    const awaited = analysisReferencesOf(rollout).filter(({ isAwaited }) => isAwaited);
    return awaited.flatMap((reference) => endlessMetricsOf(templateReferred(cluster, rollout, reference)).slice(0, 1).map((metric) => ({
      object: rollout,
      field: reference.field,
      message: `Rollout ${rollout.name} waits for the analysis ${reference.template}, whose metric ${metric} has an interval and no count and so never ends`,
      fix: `set count of metric ${metric}, or run the analysis in the background`,
    })));
  }),
};

function endlessMetricsOf(template: ClusterObject | undefined): string[] {
  const metrics = template?.field.get('spec', 'metrics').items() ?? [];
  return metrics
    .filter((metric) => metric.get('interval').exists && !metric.get('count').exists && !metric.get('consecutiveSuccessLimit').exists)
    .map((metric) => metric.get('name').string() ?? '');
}
