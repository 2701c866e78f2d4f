import type { Rule } from '../rule';
import { CANARY, DEPLOYMENT, PODS } from './example-manifests';
import { flaggerCanariesOf } from '../../cluster/flagger-canary';

const RELEASED = `${DEPLOYMENT}
  replicas: 2
  ${PODS}
${CANARY}
  analysis:
    { interval: 1m, threshold: 5, stepWeight: 10, maxWeight: 50, metrics: [{ name: request-success-rate, interval: 1m, thresholdRange: { min: 99 } }] }
`;

const DEFAULT_SECONDS = 60;
const LEAST_INTERVAL_SECONDS = 10;

/** A check looks at the present weight. */
export const CANARY_METRIC_WINDOW: Rule = {
  id: 'canary-metric-window',
  severity: 'info',
  title: 'The metrics of a Flagger Canary look no further back than one step of its analysis.',
  why: 'Flagger raises the weight at each interval of the analysis, and judges it by what a metric saw in its own interval. Where that is longer, most of '
    + 'what it sees happened at a lower weight, so a version that breaks under load is found some steps later than it could be.',
  inequality: 'metric interval ≤ analysis interval',
  sources: ['https://docs.flagger.app/usage/metrics'],
  failing: RELEASED.replace('interval: 1m, threshold: 5', 'interval: 15s, threshold: 5'),
  passing: RELEASED,
  check: ({ cluster }) => flaggerCanariesOf(cluster).filter(({ skipsAnalysis }) => !skipsAnalysis).flatMap((canary) => {
    // A/B tests and blue-green releases have rounds instead of weights.
    if (canary.analysis.get('iterations').number()) {
      return [];
    }
    const step = Math.max(LEAST_INTERVAL_SECONDS, canary.analysis.get('interval').seconds() ?? DEFAULT_SECONDS);
    return canary.analysis.get('metrics').items().flatMap((metric) => {
      const window = metric.get('interval').seconds() ?? DEFAULT_SECONDS;
      return window <= step ? [] : [{
        object: canary,
        field: metric.get('interval'),
        message: `metric ${metric.get('name').string()} of Canary ${canary.name} looks ${window} s back, but the weight is raised every ${step} s`,
        actual: `${window} s`,
        required: `≤ ${step} s`,
        fix: `set the interval of the analysis to at least ${window}s, or the metric's to at most ${step}s if that still holds two scrapes`,
      }];
    });
  }),
};
