import type { Rule } from '../rule';
import { paymentsAlb, TO_PODS } from './alb-examples';
import { PAYMENTS_SERVICE, paymentsPods } from './example-pods';
import { ungatedWorkloads } from './readiness-gate';
import { GATE_LABEL } from '../../cluster/target-group';

const ALL = `${paymentsPods(60)}---${PAYMENTS_SERVICE}---${paymentsAlb(TO_PODS)}`;
const NAMESPACE = `---
apiVersion: v1
kind: Namespace
metadata: { name: default, labels: { ${GATE_LABEL}: enabled } }
`;

/** It can be read whether a release waits for the load balancer. */
export const ALB_READINESS_GATE_UNKNOWN: Rule = {
  id: 'alb-readiness-gate-unknown',
  severity: 'info',
  title: 'The namespace of pods that a load balancer of AWS knows by address is read, so that its readiness gate can be judged.',
  why: 'The AWS Load Balancer Controller adds its readiness gate to pods of a namespace with its label. The namespace is not among the objects read, '
    + 'so it may have the label or not; without it a release ends old pods before the load balancer takes new ones for healthy.',
  sources: ['https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/'],
  failing: ALL,
  passing: `${ALL}${NAMESPACE}`,
  check: (context) => ungatedWorkloads(context).filter(({ namespace }) => !namespace).map(({ workload, through }) => ({
    object: workload,
    field: workload.template.spec.get('readinessGates'),
    message: `Namespace ${workload.namespace} is not among the objects read: if it lacks the label ${GATE_LABEL}: enabled, `
      + `a release does not wait for the load balancer of ${through}`,
    fix: `label the namespace ${GATE_LABEL}: enabled, and read it together with these manifests`,
  })),
};
