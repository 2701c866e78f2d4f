import type { Rule } from '../rule';
import { AUTOSCALER, DEPLOYMENT, PODS, SERVICE } from './example-manifests';

/** The bounds of an autoscaler are in order. */
export const AUTOSCALER_MIN_ABOVE_MAX: Rule = {
  id: 'autoscaler-min-above-max',
  severity: 'error',
  title: 'An autoscaler\'s fewest pods are no more than its most.',
  why: 'The API server refuses a HorizontalPodAutoscaler whose minReplicas exceeds its maxReplicas, also the one that KEDA makes of a ScaledObject. '
    + 'The change does not arrive: what was there before goes on scaling by its old bounds, and where nothing was there nothing scales.',
  inequality: 'minReplicas ≤ maxReplicas',
  sources: ['https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/'],
  failing: `${SERVICE}${DEPLOYMENT}
  ${PODS}
${AUTOSCALER}
  minReplicas: 6
  maxReplicas: 4
`,
  passing: `${SERVICE}${DEPLOYMENT}
  ${PODS}
${AUTOSCALER}
  minReplicas: 4
  maxReplicas: 6
`,
  check: ({ cluster }) => cluster.autoscalers.filter(({ min, max }) => min > max).map((autoscaler) => {
    const [least, most] = autoscaler.kind === 'ScaledObject' ? ['minReplicaCount', 'maxReplicaCount'] : ['minReplicas', 'maxReplicas'];
    return {
      object: autoscaler,
      field: autoscaler.minField,
      message: `${least} ${autoscaler.min} is more than ${most} ${autoscaler.max}, so the autoscaler is refused`,
      actual: `${autoscaler.min}`,
      required: `≤ ${autoscaler.max}`,
      fix: `set ${most} to at least ${autoscaler.min}`,
    };
  }),
};
