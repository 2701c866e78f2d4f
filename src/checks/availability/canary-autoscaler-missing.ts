import type { Rule } from '../rule';
import { AUTOSCALER, CANARY, DEPLOYMENT, PODS } from './example-manifests';
import { isUnplaced } from './unplaced';
import { flaggerCanariesOf } from '../../cluster/flagger-canary';

const RELEASED = `${DEPLOYMENT}
  ${PODS}
${AUTOSCALER}
  minReplicas: 2
  maxReplicas: 6
${CANARY}
  autoscalerRef: { apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, name: payments }
  analysis: { interval: 1m, threshold: 5, stepWeight: 10, maxWeight: 50, metrics: [{ name: request-success-rate, thresholdRange: { min: 99 } }] }
`;

/** The autoscaler of a Canary is there. */
export const CANARY_AUTOSCALER_MISSING: Rule = {
  id: 'canary-autoscaler-missing',
  severity: 'error',
  title: 'A Flagger Canary names an autoscaler that exists.',
  why: 'Flagger reads the autoscaler that autoscalerRef names before every step. Where it is not there each attempt ends with an error, so the Canary is '
    + 'never set up, or no release of it goes on.',
  sources: ['https://docs.flagger.app/usage/how-it-works#canary-target'],
  failing: RELEASED.replace('HorizontalPodAutoscaler, name: payments', 'HorizontalPodAutoscaler, name: payment'),
  passing: RELEASED,
  check: ({ cluster }) => flaggerCanariesOf(cluster).flatMap((canary) => {
    const field = canary.field.get('spec', 'autoscalerRef');
    const own = cluster.autoscalers.filter(({ namespace }) => namespace === canary.namespace);
    const [kind, name] = [field.get('kind').string() ?? '', field.get('name').string() ?? ''];
    const isThere = own.some((autoscaler) => autoscaler.kind === kind && autoscaler.name === name) || isUnplaced(cluster, kind, name);
    return !field.exists || own.length === 0 || isThere ? [] : [{
      object: canary,
      field: field.get('name'),
      message: `${kind} ${name} is not among the autoscalers read in namespace ${canary.namespace}, so Canary ${canary.name} releases nothing`,
      fix: 'set autoscalerRef to the kind and name of the autoscaler of the target',
    }];
  }),
};
