import type { Rule } from '../rule';
import { paymentsNlb } from './alb-examples';
import { isNetworkLoadBalancer, NLB_PREFIX, nlbTargetTypeOf } from '../../cluster/target-type';

/** A Network Load Balancer sends connections to pods, not by way of nodes. */
export const NLB_INSTANCE_TARGETS: Rule = {
  id: 'nlb-instance-targets',
  severity: 'info',
  title: 'The targets of a Network Load Balancer are pods (nlb-target-type ip).',
  why: 'With target type instance, the default, the load balancer knows nodes only: kube-proxy takes a second hop to some pod, no readiness gate '
    + 'can hold a release back, and connections by way of a node that is drained are cut though their pods run elsewhere.',
  sources: ['https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#nlb-target-type',
    'https://docs.aws.amazon.com/eks/latest/best-practices/load-balancing.html'],
  failing: paymentsNlb(`${NLB_PREFIX}scheme: internal`),
  passing: paymentsNlb(`${NLB_PREFIX}nlb-target-type: ip`),
  check: ({ cluster }) => cluster.services.filter((service) => isNetworkLoadBalancer(service) && nlbTargetTypeOf(service) === 'instance').map((service) => ({
    object: service,
    field: service.field.get('metadata', 'annotations', `${NLB_PREFIX}nlb-target-type`),
    message: 'the load balancer reaches pods by way of nodes, so it neither checks nor drains single pods',
    actual: 'instance',
    required: 'ip',
    fix: `set the annotation ${NLB_PREFIX}nlb-target-type to ip`,
  })),
};
