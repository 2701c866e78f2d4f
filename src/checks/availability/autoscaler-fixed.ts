import type { Rule } from '../rule';
import { AUTOSCALER, DEPLOYMENT, PODS, SERVICE } from './example-manifests';

/** An autoscaler may scale. */
export const AUTOSCALER_FIXED: Rule = {
  id: 'autoscaler-fixed',
  severity: 'info',
  title: 'An autoscaler has room between its bounds.',
  why: 'With equal bounds an autoscaler never adds a pod: it only holds a number, and the load has to fit into it. Often one of the bounds was '
    + 'changed for an occasion and never back.',
  inequality: 'minReplicas < maxReplicas',
  sources: ['https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/'],
  failing: `${SERVICE}${DEPLOYMENT}
  ${PODS}
${AUTOSCALER}
  minReplicas: 3
  maxReplicas: 3
`,
  passing: `${SERVICE}${DEPLOYMENT}
  ${PODS}
${AUTOSCALER}
  minReplicas: 3
  maxReplicas: 9
`,
  check: ({ cluster }) => cluster.autoscalers.filter(({ min, max, maxField }) => min === max && maxField.exists).map((autoscaler) => ({
    object: autoscaler,
    field: autoscaler.maxField,
    message: `${autoscaler.kind} ${autoscaler.name} may neither add a pod to ${autoscaler.min} nor take one away`,
    actual: `${autoscaler.max}`,
    required: `> ${autoscaler.min}`,
    fix: `set ${autoscaler.kind === 'ScaledObject' ? 'maxReplicaCount' : 'maxReplicas'} above ${autoscaler.min}, or write replicas and remove the autoscaler`,
  })),
};
