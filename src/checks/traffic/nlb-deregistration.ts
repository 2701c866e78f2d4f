import type { Rule } from '../rule';
import { paymentsNlb } from './alb-examples';
import { paymentsPods } from './example-pods';
import { workloadsBehind } from './pods-behind';
import { attributeOf, DEFAULT_DEREGISTRATION_DELAY_SECONDS, secondsIn } from '../../cluster/target-group';
import { isNetworkLoadBalancer, NLB_PREFIX, nlbTargetTypeOf } from '../../cluster/target-type';

const ATTRIBUTES = `${NLB_PREFIX}target-group-attributes`;
const DELAYED = (seconds: number) => `${paymentsPods(180)}---${paymentsNlb(`${NLB_PREFIX}nlb-target-type: ip
    ${ATTRIBUTES}: deregistration_delay.connection_termination.enabled=true,deregistration_delay.timeout_seconds=${seconds}`)}`;

/** A Network Load Balancer that closes connections waits for what is in flight. */
export const NLB_DEREGISTRATION: Rule = {
  id: 'nlb-deregistration',
  severity: 'error',
  title: 'A Network Load Balancer that terminates connections waits for the longest request first.',
  why: 'A Network Load Balancer leaves the connections of a target that it drops alone, unless connection termination is on: then it cuts them all at '
    + 'the end of the deregistration delay, with whatever is in flight on them.',
  inequality: 'deregistration_delay.timeout_seconds ≥ longest request, where deregistration_delay.connection_termination.enabled=true',
  sources: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#deregistration-delay'],
  failing: DELAYED(5),
  passing: DELAYED(30),
  check: (context) => context.cluster.services.filter((service) => isNetworkLoadBalancer(service) && nlbTargetTypeOf(service) === 'ip').flatMap((service) => {
    const { field, value } = attributeOf(service, ATTRIBUTES, 'deregistration_delay.timeout_seconds');
    const seconds = value === undefined ? DEFAULT_DEREGISTRATION_DELAY_SECONDS : secondsIn(value);
    const terminates = attributeOf(service, ATTRIBUTES, 'deregistration_delay.connection_termination.enabled').value === 'true';
    return !terminates || seconds === undefined ? [] : workloadsBehind(context, service).flatMap((workload) => {
      const longest = context.assumptionsOf(workload).numberOf('longest-request-seconds');
      return seconds >= longest ? [] : [{
        object: service,
        field,
        message: `the load balancer cuts connections ${seconds} s after it drops a pod of ${workload.kind} ${workload.name}, `
          + `but requests take up to ${longest} s`,
        actual: `${seconds} s`,
        required: `≥ ${longest} s`,
        fix: `set deregistration_delay.timeout_seconds to at least ${longest}`,
      }];
    });
  }),
};
