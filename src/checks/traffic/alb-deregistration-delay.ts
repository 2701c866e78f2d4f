import type { Rule } from '../rule';
import { paymentsAlb, TO_PODS } from './alb-examples';
import { deregistrationsOf } from './deregistration';
import { PAYMENTS_SERVICE, paymentsPods } from './example-pods';

const DELAYED = (seconds: number) => `${paymentsPods(60)}---${PAYMENTS_SERVICE}---`
  + paymentsAlb(`${TO_PODS}\n    alb.ingress.kubernetes.io/target-group-attributes: deregistration_delay.timeout_seconds=${seconds}`);

/** The load balancer waits for requests to a pod that it drops. */
export const ALB_DEREGISTRATION_DELAY: Rule = {
  id: 'alb-deregistration-delay',
  severity: 'error',
  title: 'The deregistration delay covers the longest request.',
  why: 'An Application Load Balancer sends nothing new to a target that is deregistered, and waits the deregistration delay for what is in flight. '
    + 'Then it closes the connections, and clients of requests that take longer get a 5xx although the pod still works on them.',
  inequality: 'deregistration_delay.timeout_seconds ≥ longest request',
  sources: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay'],
  failing: DELAYED(5),
  passing: DELAYED(30),
  check: (context) => deregistrationsOf(context).flatMap(({ attribute, seconds, workload }) => {
    const longest = context.assumptionsOf(workload).numberOf('longest-request-seconds');
    return seconds >= longest ? [] : [{
      object: attribute.object,
      field: attribute.field,
      message: `the load balancer closes connections ${seconds} s after it drops a pod of ${workload.kind} ${workload.name}, `
        + `but requests take up to ${longest} s: the longer ones are cut`,
      actual: `${seconds} s`,
      required: `≥ ${longest} s`,
      fix: `set deregistration_delay.timeout_seconds to at least ${longest}`,
    }];
  }),
};
