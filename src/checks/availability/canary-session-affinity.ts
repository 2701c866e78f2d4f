import type { Rule } from '../rule';
import { CANARY, DEPLOYMENT, PODS } from './example-manifests';
import { flaggerCanariesOf } from '../../cluster/flagger-canary';

const RELEASED = `${DEPLOYMENT}
  replicas: 2
  ${PODS}
${CANARY}
  provider: istio
  analysis:
    interval: 1m
    threshold: 5
    stepWeight: 10
    maxWeight: 50
    sessionAffinity: { cookieName: payments-canary, primaryCookieName: payments-primary }
    metrics: [{ name: request-success-rate, thresholdRange: { min: 99 } }]
`;

/** Sessions stay with either version. */
export const CANARY_SESSION_AFFINITY: Rule = {
  id: 'canary-session-affinity',
  severity: 'warning',
  title: 'Session affinity of a Flagger Canary holds for the primary too.',
  why: 'With cookieName alone, whoever has once reached the canary stays with it, and everybody else is drawn anew at every request. Sooner or later all '
    + 'who come often are with the canary, whatever its weight is: far more than the step was meant for, and more than its pods may carry.',
  sources: ['https://docs.flagger.app/usage/deployment-strategies#canary-release-with-session-affinity', 'https://github.com/fluxcd/flagger/issues/1532'],
  failing: RELEASED.replace(', primaryCookieName: payments-primary', ''),
  passing: RELEASED,
  check: ({ cluster }) => flaggerCanariesOf(cluster).flatMap((canary) => {
    const affinity = canary.analysis.get('sessionAffinity');
    return !affinity.get('cookieName').string() || affinity.get('primaryCookieName').string() ? [] : [{
      object: canary,
      field: affinity.get('primaryCookieName'),
      message: `users of Canary ${canary.name} are kept on the canary and not on the primary, so in time the canary gets all of them whatever its weight`,
      fix: 'set sessionAffinity.primaryCookieName',
    }];
  }),
};
