import type { Rule } from '../rule';
import { analysisReferencesOf, templateReferred } from './analysis-references';
import { rolloutsOf } from './argo-rollout';
import { PODS, ROLLOUT, SERVICE } from './example-manifests';
import { isRead } from './serving-workloads';

const ANALYSED = `${SERVICE}${ROLLOUT}
  replicas: 4
  strategy: { canary: { steps: [{ setWeight: 25 }, { analysis: { templates: [{ templateName: smoke }] } }] } }
  ${PODS}
---
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: { name: smoke }
spec: { metrics: [{ name: smoke, provider: { web: { url: "http://payments/smoke", jsonPath: "{$.passed}" } }, successCondition: result == true }] }
`;

/** The analyses of a Rollout are there. */
export const ROLLOUT_ANALYSIS_MISSING: Rule = {
  id: 'rollout-analysis-missing',
  severity: 'error',
  title: 'An Argo Rollout names analysis templates that exist.',
  why: 'The controller looks for all analysis templates of a Rollout before it begins. Where one is missing it calls the Rollout invalid and '
    + 'releases nothing, also where the analysis belongs to a later step.',
  sources: ['https://argo-rollouts.readthedocs.io/en/stable/features/analysis/'],
  failing: ANALYSED.replace('templateName: smoke', 'templateName: smoke-test'),
  passing: ANALYSED,
  check: ({ cluster }) => rolloutsOf(cluster).flatMap((rollout) => analysisReferencesOf(rollout)
    .filter(({ kind }) => isRead(cluster, kind, kind === 'AnalysisTemplate' ? rollout.namespace : ''))
    .filter((reference) => !templateReferred(cluster, rollout, reference))
    .map(({ field, template, kind }) => ({
      object: rollout,
      field,
      message: `${kind} ${template} is not among those read, so Rollout ${rollout.name} releases nothing`,
      fix: `name an ${kind} that exists, or add ${template}`,
    }))),
};
