import { goDuration } from '../../reading/go-duration';
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
      initialDelay: 5m
      successCondition: len(result) == 0 || result[0] >= 0.99
      provider:
        prometheus:
          address: http://prometheus:9090
          query: sum(rate(requests{code!~"5.."}[5m])) / sum(rate(requests[5m]))
`;

/** An analysis looks at the new version. */
export const ANALYSIS_WINDOW: Rule = {
  id: 'analysis-window',
  severity: 'info',
  title: 'An analysis begins once the window of its query lies within the release.',
  why: 'A query over the last minutes looks back to before the weight was set. Until its window has passed it judges what served before, or little of '
    + 'the new version, and a bad release passes its first measurements.',
  inequality: 'initialDelay ≥ range of the query',
  sources: ['https://argo-rollouts.readthedocs.io/en/stable/features/analysis/#delay-analysis-runs'],
  failing: MANIFEST.replace('      initialDelay: 5m\n', ''),
  passing: MANIFEST,
  check: ({ cluster }) => analysisMetricsOf(cluster).flatMap(({ template, field, name }) => {
    const window = windowSecondsOf(field.get('provider', 'prometheus', 'query').string() ?? '');
    const delay = field.get('initialDelay');
    // A delay that an argument decides is not known here.
    const seconds = delay.exists ? goDuration(delay.string() ?? '') : 0;
    return seconds === undefined || seconds >= window ? [] : [{
      object: template,
      field: delay,
      message: `metric ${name} is first measured after ${seconds} s and looks ${window} s back, to before the new version served`,
      actual: `${seconds} s`,
      required: `≥ ${window} s`,
      fix: `set initialDelay to at least ${window}s`,
    }];
  }),
};

const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 };

/** The widest range of a query; 0 where it has none, or one that an argument decides. */
function windowSecondsOf(query: string): number {
  const ranges = [...query.matchAll(/\[\s*((?:\d+(?:ms|[smhdwy]))+)\s*(?::[^\]]*)?\]/g)].map(([, range]) => range);
  return Math.max(0, ...ranges.map(secondsOf));
}

function secondsOf(range: string): number {
  return [...range.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[unit], 0);
}
