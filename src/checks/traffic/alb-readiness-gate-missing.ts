import type { Rule } from '../rule';
import { paymentsAlb, TO_PODS } from './alb-examples';
import { PAYMENTS_SERVICE, paymentsPods } from './example-pods';
import { ungatedWorkloads } from './readiness-gate';
import { GATE_LABEL } from '../../cluster/target-group';

const NAMESPACE = (labels: string) => `
apiVersion: v1
kind: Namespace
metadata: { name: default, labels: { ${labels} } }
`;
const ALL = `${paymentsPods(60)}---${PAYMENTS_SERVICE}---${paymentsAlb(TO_PODS)}---`;

/** A release waits for the load balancer's own health checks. */
export const ALB_READINESS_GATE_MISSING: Rule = {
  id: 'alb-readiness-gate-missing',
  severity: 'warning',
  title: 'Pods that a load balancer of AWS knows by address have its readiness gate.',
  why: 'A new pod is ready for Kubernetes seconds after its start, while the load balancer still registers and checks it. Without a readiness gate '
    + 'the release goes on at once and ends old pods, until the load balancer has no target that it takes for healthy. The controller adds the '
    + 'gate to pods that are created in a namespace with its label.',
  sources: ['https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/',
    'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1719'],
  failing: `${ALL}${NAMESPACE('team: payments')}`,
  passing: `${ALL}${NAMESPACE(`${GATE_LABEL}: enabled`)}`,
  check: (context) => {
    const ungated = ungatedWorkloads(context).flatMap(({ namespace, ...found }) => namespace ? [{ ...found, namespace }] : []);
    return [...new Map(ungated.map((found) => [found.namespace, found])).keys()].map((namespace) => {
      const [first, ...others] = ungated.filter((found) => found.namespace === namespace);
      const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
      return {
        object: namespace,
        field: namespace.field.get('metadata', 'labels', GATE_LABEL),
        message: `a release of ${first.workload.kind} ${first.workload.name}${more} does not wait until the load balancer of ${first.through} `
          + 'takes new pods for healthy',
        actual: `${namespace.field.get('metadata', 'labels', GATE_LABEL).value ?? 'no label'}`,
        required: 'enabled',
        fix: `add the label ${GATE_LABEL}: enabled to the namespace, before the pods are created`,
      };
    });
  },
};
