import type { Violation } from '../finding';
import type { Rule } from '../rule';
import { albActionsOf, type AlbAction } from './alb-actions';
import { paymentsAlb, TO_PODS } from './alb-examples';
import { PAYMENTS_SERVICE } from './example-pods';

const FORWARD = (first: string, second: string) => `${PAYMENTS_SERVICE}---${PAYMENTS_SERVICE.replace('{ name: payments }', '{ name: payments-canary }')}---`
  + paymentsAlb(`${TO_PODS}
    alb.ingress.kubernetes.io/actions.payments: >-
      {"type":"forward","forwardConfig":{"targetGroups":[{"serviceName":"payments","servicePort":80${first}},
      {"serviceName":"payments-canary","servicePort":80${second}}]}}`, '{ name: use-annotation }');

/** The weights of a forward are ones that AWS takes, and some target group gets requests. */
export const ALB_FORWARD_WEIGHTS: Rule = {
  id: 'alb-forward-weights',
  severity: 'error',
  title: 'Each of several target groups of a forward has a weight from 0 to 999, and not all have 0.',
  why: 'The controller refuses a forward to several target groups of which one has no weight, and AWS one above 999 or with more than five groups: '
    + 'the Ingress then stays as it was, and a canary does not move. Where all weights are 0, no target group gets requests, and they are '
    + 'answered with 503.',
  sources: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#forward-actions',
    'https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/ingress/config_types.go'],
  failing: FORWARD(',"weight":90', ''),
  passing: FORWARD(',"weight":90', ',"weight":10'),
  check: ({ cluster }) => cluster.ingresses.filter(({ controller }) => controller === 'alb').flatMap((ingress) => albActionsOf(ingress).flatMap((action) => {
    const wrong = wrongIn(action);
    return wrong ? [{ object: ingress, field: action.field, ...wrong }] : [];
  })),
};

const MOST_GROUPS = 5;
const MOST_WEIGHT = 999;

function wrongIn({ name, targets }: AlbAction): Pick<Violation, 'message' | 'actual' | 'required' | 'fix'> | undefined {
  const weights = targets.map(({ weight }) => weight);
  const actual = weights.map((weight) => weight ?? 'none').join(', ');
  const fix = 'write a weight from 0 to 999 for each target group, for example 100 and 0';
  if (targets.length > MOST_GROUPS) {
    return {
      message: `the action ${name} forwards to ${targets.length} target groups, so AWS refuses the rule`,
      actual: String(targets.length),
      required: `≤ ${MOST_GROUPS}`,
      fix: `forward to at most ${MOST_GROUPS} target groups`,
    };
  }
  if (targets.length > 1 && weights.includes(undefined)) {
    return { message: `a target group of the action ${name} has no weight among several, so the controller changes nothing`, actual, required: 'weights', fix };
  }
  if (weights.some((weight) => weight !== undefined && (weight < 0 || weight > MOST_WEIGHT))) {
    return { message: `the action ${name} has a weight that AWS refuses`, actual, required: `0 to ${MOST_WEIGHT}`, fix };
  }
  return targets.length > 1 && weights.every((weight) => weight === 0)
    ? { message: `all target groups of the action ${name} have the weight 0, so its requests are answered with 503`, actual, required: '> 0', fix }
    : undefined;
}
