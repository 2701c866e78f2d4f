import type { Rule } from '../rule';
import { isOverNodes } from './alb-of-rollout';
import { rolloutsOf } from './argo-rollout';
import { PODS, ROLLOUT, SERVICE } from './example-manifests';
import { canaryOf } from '../../cluster/argo-rollout';

const named = (name: string) => SERVICE.replace('name: payments }', `name: ${name} }`);

const MANIFESTS = `${SERVICE}${named('payments-one')}${named('payments-two')}${ROLLOUT}
  replicas: 2
  strategy:
    canary:
      stableService: payments-one
      canaryService: payments-two
      scaleDownDelaySeconds: 60
      trafficRouting: { alb: { ingress: payments, servicePort: 80, rootService: payments } }
      steps: [{ setWeight: 20 }, { pause: { duration: 10m } }]
  ${PODS}
`;

/** With an ALB, Services keep their pods. */
export const ROLLOUT_ALB_PING_PONG: Rule = {
  id: 'rollout-alb-ping-pong',
  severity: 'warning',
  title: 'An Argo Rollout that shifts requests by an ALB has ping-pong Services.',
  why: 'With a stable and a canary Service the end of a release changes the stable Service to the new pods and moves the weight back to it, both at once. '
    + 'An ALB that moves the weight before it has registered the new pods there answers 503. With ping-pong the two Services change their '
    + 'roles instead of their pods, and nothing is registered anew. Targets of type instance are the nodes, which stay registered, so this is about '
    + 'type ip.',
  sources: [
    'https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/alb/#zero-downtime-updates-with-ping-pong-feature',
    'https://github.com/argoproj/argo-rollouts/issues/2864',
    'https://github.com/argoproj/argo-rollouts/issues/4433',
  ],
  failing: MANIFESTS,
  passing: MANIFESTS
    .replace('stableService: payments-one', 'pingPong: { pingService: payments-one, pongService: payments-two }')
    .replace('      canaryService: payments-two\n', ''),
  check: (context) => rolloutsOf(context.cluster)
    .filter((rollout) => canaryOf(rollout).get('trafficRouting', 'alb').exists && !canaryOf(rollout).get('pingPong').exists && !isOverNodes(context, rollout))
    .map((rollout) => ({
      object: rollout,
      field: canaryOf(rollout).get('pingPong'),
      message: `the end of each release of Rollout ${rollout.name} moves the ALB's weight to a Service whose pods have just been changed, `
        + 'and the ALB answers 503 until they are registered',
      fix: 'set canary.pingPong with a pingService and a pongService instead of stableService and canaryService',
    })),
};
