import type { Rule } from '../rule';
import { CANARY, DEPLOYMENT, PODS } from './example-manifests';
import { flaggerCanariesOf } from '../../cluster/flagger-canary';

const RELEASED = `${DEPLOYMENT}
  replicas: 2
  ${PODS}
${CANARY}
  analysis:
    { interval: 1m, threshold: 5, stepWeight: 10, maxWeight: 50, webhooks: [{ name: load, type: rollout, url: "http://load-tester/", timeout: 10s }] }
`;

const DEFAULT_INTERVAL_SECONDS = 60;
const LEAST_INTERVAL_SECONDS = 10;
const DEFAULT_TIMEOUT_SECONDS = 10;

/** Checks end before the next begin. */
export const CANARY_WEBHOOK_TIMEOUT: Rule = {
  id: 'canary-webhook-timeout',
  severity: 'warning',
  title: 'The webhooks of a Flagger Canary end within the interval of its analysis.',
  why: 'Flagger calls the webhooks of type rollout one after another, at every interval. Where together they may take longer than it, one round is not '
    + 'done when the next is due, and the analysis falls behind or stands still while the canary goes on serving.',
  inequality: 'Σ timeout < interval',
  sources: ['https://docs.flagger.app/usage/webhooks'],
  failing: RELEASED.replace('timeout: 10s', 'timeout: 60s'),
  passing: RELEASED,
  check: ({ cluster }) => flaggerCanariesOf(cluster).filter(({ skipsAnalysis }) => !skipsAnalysis).flatMap((canary) => {
    const { analysis } = canary;
    const hooks = analysis.get('webhooks').items().filter((hook) => ['', 'rollout'].includes(hook.get('type').string() ?? ''));
    const seconds = hooks.reduce((sum, hook) => sum + (hook.get('timeout').seconds() ?? DEFAULT_TIMEOUT_SECONDS), 0);
    const interval = Math.max(LEAST_INTERVAL_SECONDS, analysis.get('interval').seconds() ?? DEFAULT_INTERVAL_SECONDS);
    return seconds < interval ? [] : [{
      object: canary,
      field: analysis.get('webhooks'),
      message: `the webhooks of type rollout of Canary ${canary.name} may take ${seconds} s together, and the next round is due after ${interval} s`,
      actual: `${seconds} s`,
      required: `< ${interval} s`,
      fix: 'set shorter timeouts of the webhooks, or a longer interval',
    }];
  }),
};
