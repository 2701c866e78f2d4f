import type { Rule } from '../rule';
import { CANARY, DEPLOYMENT, PODS } from './example-manifests';
import { flaggerCanariesOf } from '../../cluster/flagger-canary';

const RELEASED = `${DEPLOYMENT}
  replicas: 2
  ${PODS}
${CANARY}
  analysis: { interval: 1m, threshold: 5, stepWeight: 10, maxWeight: 50, metrics: [{ name: request-success-rate, thresholdRange: { min: 99 } }] }
`;

/** Something judges a new version. */
export const CANARY_WITHOUT_CHECKS: Rule = {
  id: 'canary-without-checks',
  severity: 'warning',
  title: 'The analysis of a Flagger Canary has a metric or a webhook.',
  why: 'Flagger promotes a version that passes its checks. With neither metrics nor webhooks there are none: each version whose pods become ready is '
    + 'promoted step by step, whatever it answers.',
  sources: ['https://docs.flagger.app/usage/how-it-works#canary-analysis'],
  failing: RELEASED.replace(/, metrics: .*\n/, ' }\n'),
  passing: RELEASED,
  check: ({ cluster }) => flaggerCanariesOf(cluster).flatMap((canary) => {
    const { analysis } = canary;
    const isChecked = ['metrics', 'webhooks'].some((list) => analysis.get(list).items().length > 0);
    return !analysis.exists || canary.skipsAnalysis || isChecked ? [] : [{
      object: canary,
      field: analysis.get('metrics'),
      message: `nothing judges a new version of Canary ${canary.name}, so whatever becomes ready is promoted`,
      fix: 'add metrics, for example request-success-rate with thresholdRange min 99',
    }];
  }),
};
