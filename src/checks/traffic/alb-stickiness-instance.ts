import type { Ingress } from '../../cluster/ingress';
import type { Violation } from '../finding';
import type { Rule, RuleContext } from '../rule';
import { albActionsOf, type AlbAction } from './alb-actions';
import { paymentsAlb, TO_PODS } from './alb-examples';
import { PAYMENTS_SERVICE } from './example-pods';
import { targetGroupAttribute } from '../../cluster/target-group';
import { targetTypeOf } from '../../cluster/target-type';

const SERVICES = `${PAYMENTS_SERVICE}---${PAYMENTS_SERVICE.replace('{ name: payments }', '{ name: payments-canary }')}---`;
const FORWARD = (stickiness: string) => paymentsAlb(`${TO_PODS}
    alb.ingress.kubernetes.io/target-group-attributes: stickiness.enabled=true
    alb.ingress.kubernetes.io/actions.payments: >-
      {"type":"forward","forwardConfig":{"targetGroups":[{"serviceName":"payments","servicePort":80,"weight":90},
      {"serviceName":"payments-canary","servicePort":80,"weight":10}]${stickiness}}}`, '{ name: use-annotation }');

/** AWS accepts the stickiness of a weighted forward, and it holds clients to pods. */
export const ALB_STICKINESS_INSTANCE: Rule = {
  id: 'alb-stickiness-instance',
  severity: 'error',
  title: 'A weighted forward to sticky target groups is sticky itself, and its targets are pods.',
  why: 'A sticky target group behind a rule that divides requests by weight needs the rule to keep each client with one group first. Without '
    + 'targetGroupStickinessConfig AWS refuses the change, and the Ingress stays as it was: a canary does not move. With target-type instance '
    + 'a client is kept with a node, and kube-proxy still takes any pod.',
  sources: ['https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2734',
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#target-group-attributes'],
  failing: `${SERVICES}${FORWARD('')}`,
  passing: `${SERVICES}${FORWARD(',"targetGroupStickinessConfig":{"enabled":true,"durationSeconds":600}')}`,
  check: (context) => context.cluster.ingresses.filter(({ controller }) => controller === 'alb').flatMap((ingress) => albActionsOf(ingress)
    .filter(({ targets }) => targets.length > 1)
    .flatMap((action) => violationsOf(context, ingress, action))),
};

function violationsOf({ cluster, relations }: RuleContext, ingress: Ingress, action: AlbAction): readonly Violation[] {
  const { name, field, targets, groupStickiness } = action;
  const services = targets.flatMap(({ service }) => service === undefined ? [] : relations.serviceNamed(ingress.namespace, service) ?? []);
  const sticky = services.filter((service) => targetGroupAttribute(ingress, service, 'stickiness.enabled').value === 'true');
  const byNode = sticky.find((service) => targetTypeOf(cluster, ingress, service) === 'instance');
  return [
    ...(sticky.length === 0 || groupStickiness ? [] : [{
      object: ingress,
      field,
      message: `the action ${name} divides requests between ${targets.length} target groups of which ${sticky[0].name} is sticky, `
        + 'but is not sticky itself, so AWS refuses the rule',
      required: 'targetGroupStickinessConfig.enabled true',
      fix: 'add "targetGroupStickinessConfig": {"enabled": true, "durationSeconds": 600} to forwardConfig',
    }]),
    ...(byNode ? [{
      object: ingress,
      field,
      message: `the target group of Service ${byNode.name} is sticky, but its targets are nodes, so a client does not stay with a pod`,
      actual: 'target-type instance',
      required: 'target-type ip',
      fix: 'set the annotation alb.ingress.kubernetes.io/target-type to ip',
    }] : []),
  ];
}
