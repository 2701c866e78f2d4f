import type { Rule } from '../rule';
import { analysisMetricsOf } from './argo-rollout';

const MANIFEST = `
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

/** Several measurements have a time between them. */
export const ANALYSIS_INTERVAL_MISSING: Rule = {
  id: 'analysis-interval-missing',
  severity: 'error',
  title: 'A metric that is measured several times has an interval.',
  why: 'Argo Rollouts refuses a metric with a count above one and no interval: the analysis ends in an error at once, and the release is aborted.',
  sources: ['https://argo-rollouts.readthedocs.io/en/stable/features/analysis/'],
  failing: MANIFEST.replace('      interval: 1m\n', ''),
  passing: MANIFEST,
  check: ({ cluster }) => analysisMetricsOf(cluster).flatMap(({ template, field, name }) => {
    const count = Number(field.get('count').intOrString());
    return !(count > 1) || field.get('interval').exists ? [] : [{
      object: template,
      field: field.get('interval'),
      message: `metric ${name} is to be measured ${count} times without an interval, so its analysis fails at once`,
      fix: 'set interval, for example to 1m',
    }];
  }),
};
