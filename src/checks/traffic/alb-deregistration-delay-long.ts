import { propagationKey } from '../../assumptions/known-assumptions';
import type { Rule } from '../rule';
import { paymentsAlb, TO_PODS } from './alb-examples';
import { deregistrationsOf } from './deregistration';
import { PAYMENTS_SERVICE, paymentsPods } from './example-pods';

const DELAYED = (seconds: number) => `${paymentsPods(80)}---${PAYMENTS_SERVICE}---`
  + paymentsAlb(`${TO_PODS}\n    alb.ingress.kubernetes.io/target-group-attributes: deregistration_delay.timeout_seconds=${seconds}`);

/** A pod lives as long as the load balancer keeps its target. */
export const ALB_DEREGISTRATION_DELAY_LONG: Rule = {
  id: 'alb-deregistration-delay-long',
  severity: 'info',
  title: 'The load balancer has let go of a pod before the grace period ends.',
  why: 'The deregistration delay, 300 seconds where nothing is written, is how long the load balancer keeps connections to a target that it drops. '
    + 'Where the pod is killed earlier, those connections lead to an address that is gone, or that another pod already has, and what comes by '
    + 'them is answered with 502 or 504. A delay of the longest request and a little is enough.',
  inequality: 'propagation + deregistration_delay.timeout_seconds ≤ terminationGracePeriodSeconds',
  sources: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay',
    'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2366'],
  failing: DELAYED(300),
  passing: DELAYED(30),
  check: (context) => deregistrationsOf(context).flatMap(({ attribute, seconds, workload, path }) => {
    const grace = workload.template.terminationGracePeriodSeconds;
    const propagation = context.assumptionsOf(workload).numberOf(propagationKey(path));
    const most = grace - propagation;
    return seconds <= most ? [] : [{
      object: attribute.object,
      field: attribute.field,
      message: `the load balancer may keep connections to a pod of ${workload.kind} ${workload.name} for ${propagation + seconds} s `
        + `(${propagation} s until it drops it, and its delay of ${seconds} s), but the pod is gone after ${grace} s`,
      actual: `${seconds} s`,
      required: most >= 0 ? `≤ ${most} s` : undefined,
      fix: `set deregistration_delay.timeout_seconds to the longest request, and terminationGracePeriodSeconds to at least ${propagation} more`,
    }];
  }),
};
