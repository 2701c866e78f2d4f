import { ALB_PREFIX, backendsOf } from '../../cluster/ingress';
import type { Rule } from '../rule';
import { paymentsAlb, TO_PODS } from './alb-examples';
import { PAYMENTS_SERVICE } from './example-pods';
import { targetTypeOf } from '../../cluster/target-type';

const OPEN = 'alb.ingress.kubernetes.io/scheme: internet-facing';

/** An Application Load Balancer sends requests to pods, not by way of nodes. */
export const ALB_INSTANCE_TARGETS: Rule = {
  id: 'alb-instance-targets',
  severity: 'info',
  title: 'The targets of an Application Load Balancer are pods (target-type ip).',
  why: 'With target-type instance, the default, the load balancer knows nodes only: kube-proxy takes a second hop to some pod, health checks judge '
    + 'whichever pod they meet, no readiness gate can hold a release back, and a node that is drained takes requests for pods elsewhere with it. '
    + 'With ip, each pod is checked and drained by itself.',
  sources: ['https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#target-type',
    'https://docs.aws.amazon.com/eks/latest/best-practices/load-balancing.html'],
  failing: `${PAYMENTS_SERVICE}---${paymentsAlb(OPEN)}`,
  passing: `${PAYMENTS_SERVICE}---${paymentsAlb(TO_PODS)}`,
  check: ({ cluster, relations }) => cluster.ingresses.filter(({ controller }) => controller === 'alb').flatMap((ingress) => {
    const byNodes = backendsOf(ingress).find(({ namespace, service }) =>
      targetTypeOf(cluster, ingress, relations.serviceNamed(namespace, service)) === 'instance');
    return !byNodes ? [] : [{
      object: ingress,
      field: ingress.field.get('metadata', 'annotations', `${ALB_PREFIX}target-type`),
      message: `the load balancer reaches Service ${byNodes.service} by way of nodes, so it neither checks nor drains single pods`,
      actual: 'instance',
      required: 'ip',
      fix: `set the annotation ${ALB_PREFIX}target-type to ip`,
    }];
  }),
};
