import type { Rule } from '../rule';
import { AUTOSCALER, DEPLOYMENT, PODS, SERVICE } from './example-manifests';

/** What is scaled has a scale. */
export const AUTOSCALER_ON_DAEMONSET: Rule = {
  id: 'autoscaler-on-daemonset',
  severity: 'error',
  title: 'No autoscaler targets a DaemonSet.',
  why: 'The nodes decide how many pods a DaemonSet has. It has no scale that an autoscaler could change, so the autoscaler reports FailedGetScale and '
    + 'does nothing, however high the load is.',
  sources: ['https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/'],
  failing: `${SERVICE}${DEPLOYMENT.replace('Deployment', 'DaemonSet')}
  ${PODS}
${AUTOSCALER.replace('Deployment', 'DaemonSet')}
  minReplicas: 2
  maxReplicas: 6
`,
  passing: `${SERVICE}${DEPLOYMENT}
  ${PODS}
${AUTOSCALER}
  minReplicas: 2
  maxReplicas: 6
`,
  check: ({ cluster }) => cluster.autoscalers.filter(({ target }) => target.kind === 'DaemonSet').map((autoscaler) => ({
    object: autoscaler,
    field: autoscaler.target.field.get('kind'),
    message: `${autoscaler.kind} ${autoscaler.name} targets a DaemonSet, which has no scale, and so does nothing`,
    actual: 'DaemonSet',
    fix: 'target a Deployment, or remove the autoscaler',
  })),
};
