import type { Rule } from '../rule';
import { analysisMetricsOf } from './argo-rollout';

const MANIFEST = `
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: { name: success-rate }
spec:
  metrics:
    - name: success-rate
      interval: 1m
      count: 5
      initialDelay: 2m
      successCondition: len(result) == 0 || isNaN(result[0]) || result[0] >= 0.99
      provider:
        prometheus:
          address: http://prometheus:9090
          query: sum(rate(requests{code!~"5.."}[2m])) / sum(rate(requests[2m]))
`;

/** A query that finds nothing is no failure. */
export const ANALYSIS_GUARDS: Rule = {
  id: 'analysis-guards',
  severity: 'warning',
  title: 'A condition on a Prometheus result minds that there may be none.',
  why: 'A query over requests finds nothing where there were none, at night or right after the weight was set. The first item of an empty result is an '
    + 'error; after five of them in a row, where nothing else is written, the analysis fails and a sound release is taken back.',
  sources: [
    'https://argo-rollouts.readthedocs.io/en/stable/analysis/prometheus/',
    'https://argo-rollouts.readthedocs.io/en/stable/features/analysis/#handling-metric-results',
    'https://github.com/argoproj/argo-rollouts/issues/1466',
  ],
  failing: MANIFEST.replace('len(result) == 0 || isNaN(result[0]) || ', ''),
  passing: MANIFEST,
  check: ({ cluster }) => analysisMetricsOf(cluster).flatMap(({ template, field, name }) => {
    const query = field.get('provider', 'prometheus', 'query').string();
    const conditions = ['successCondition', 'failureCondition'].map((condition) => field.get(condition)).filter(({ exists }) => exists);
    const unguarded = conditions.filter((condition) => isUnguarded(condition.string() ?? ''));
    return query === undefined || isNeverEmpty(query) ? [] : unguarded.map((condition) => ({
      object: template,
      field: condition,
      message: `${String(condition.path[condition.path.length - 1])} of metric ${name} takes the first item of a result that is empty where no request came, `
        + 'which counts as an error of the release',
      fix: 'begin the condition with len(result) == 0 ||, or end the query with or on() vector(1)',
    }));
  }),
};

function isUnguarded(condition: string): boolean {
  return /\bresult\s*\[\s*0\s*\]/.test(condition) && !/\blen\s*\(\s*result\s*\)/.test(condition);
}

/** A query that names what stands in where nothing is found. */
function isNeverEmpty(query: string): boolean {
  return /\bor\s+(?:on\s*\(\s*\)\s*)?vector\s*\(/i.test(query);
}
