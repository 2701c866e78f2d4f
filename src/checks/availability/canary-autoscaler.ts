import type { Rule } from '../rule';
import { AUTOSCALER, CANARY, DEPLOYMENT, PODS } from './example-manifests';
import { flaggerCanariesOf, targetOf } from '../../cluster/flagger-canary';

const RELEASED = `${DEPLOYMENT}
  ${PODS}
${AUTOSCALER}
  minReplicas: 2
  maxReplicas: 6
${CANARY}
  autoscalerRef: { apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, name: payments }
  analysis: { interval: 1m, threshold: 5, stepWeight: 10, maxWeight: 50, metrics: [{ name: request-success-rate, thresholdRange: { min: 99 } }] }
`;

/** The pods that serve are scaled. */
export const CANARY_AUTOSCALER: Rule = {
  id: 'canary-autoscaler',
  severity: 'warning',
  title: 'A Flagger Canary names the autoscaler of its target.',
  why: 'Flagger makes a copy of the autoscaler for the primary pods, but only of one that autoscalerRef names. Without it the primary keeps the number of '
    + 'pods that it was made with, whatever the load.',
  sources: ['https://docs.flagger.app/usage/how-it-works#canary-target'],
  failing: RELEASED.replace(/ {2}autoscalerRef.*\n/, ''),
  passing: RELEASED,
  check: ({ cluster, relations }) => flaggerCanariesOf(cluster).flatMap((canary) => {
    const field = canary.field.get('spec', 'autoscalerRef');
    const target = targetOf(relations, canary);
    const [autoscaler] = target && !field.exists ? relations.autoscalersOf(target) : [];
    return !autoscaler ? [] : [{
      object: canary,
      field,
      message: `Canary ${canary.name} does not name ${autoscaler.kind} ${autoscaler.name}, so the primary pods, which serve, are not scaled`,
      fix: `set autoscalerRef to ${autoscaler.kind} ${autoscaler.name}`,
    }];
  }),
};
