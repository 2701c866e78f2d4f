import type { Cluster } from '../../cluster/cluster';
import { backendsOf } from '../../cluster/ingress';
import type { Workload } from '../../cluster/workload';
import type { Rule } from '../rule';
import { rolloutsOf } from './argo-rollout';
import { PODS, ROLLOUT, SERVICE } from './example-manifests';
import { blueGreenOf, canaryOf } from '../../cluster/argo-rollout';

const PONG = SERVICE.replace('name: payments }', 'name: payments-pong }');
const PING = SERVICE.replace('name: payments }', 'name: payments-ping }');

const SHIFTED = `${SERVICE}${PING}${PONG}${ROLLOUT}
  replicas: 2
  strategy:
    canary:
      scaleDownDelaySeconds: 60
      pingPong: { pingService: payments-ping, pongService: payments-pong }
      trafficRouting: { alb: { ingress: payments, servicePort: 80, rootService: payments } }
      steps: [{ setWeight: 20 }, { pause: { duration: 10m } }]
  ${PODS}
`;

/** With an ALB, Argo Rollouts shifts requests in the one way that loses none. */
export const ROLLOUT_ALB: Rule = {
  id: 'rollout-alb',
  severity: 'error',
  title: 'An Argo Rollout behind an ALB is a canary with a root Service and a fixed stable scale.',
  why: 'An ALB learns of pods by registration, which takes its time. A blue-green switch changes a Service\'s selector at once, so all old targets leave '
    + 'before the new ones are healthy, and Argo Rollouts documents that this cannot be done without a chance of downtime. dynamicStableScale ends '
    + 'stable pods before the ALB has moved their weight. Ping-pong without a rootService is refused.',
  sources: [
    'https://argo-rollouts.readthedocs.io/en/stable/features/bluegreen/',
    'https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/alb/',
    'https://github.com/argoproj/argo-rollouts/issues/4834',
    'https://github.com/argoproj/argo-rollouts/issues/3681',
  ],
  failing: SHIFTED.replace(', rootService: payments', ''),
  passing: SHIFTED,
  check: ({ cluster }) => rolloutsOf(cluster).flatMap((rollout) => {
    const canary = canaryOf(rollout);
    const alb = canary.get('trafficRouting', 'alb');
    const dynamic = canary.get('dynamicStableScale');
    const isWithoutRoot = alb.exists && canary.get('pingPong').exists && !alb.get('rootService').string();
    return [
      ...blueGreenBehindAlb(cluster, rollout),
      ...(isWithoutRoot ? [{
        object: rollout,
        field: alb.get('rootService'),
        message: `Rollout ${rollout.name} has ping-pong with an ALB and no rootService, so it is refused`,
        fix: 'set trafficRouting.alb.rootService to the Service that the Ingress names',
      }] : []),
      ...(alb.exists && dynamic.boolean() === true ? [{
        object: rollout,
        field: dynamic,
        message: `Rollout ${rollout.name} ends stable pods while the ALB still sends them their former share of requests`,
        actual: 'true',
        required: 'false',
        fix: 'remove dynamicStableScale',
      }] : []),
    ];
  }),
};

function blueGreenBehindAlb({ ingresses }: Cluster, rollout: Workload) {
  const field = blueGreenOf(rollout).get('activeService');
  const ingress = ingresses.find((candidate) => candidate.controller === 'alb'
    && backendsOf(candidate).some(({ service, namespace }) => service === field.string() && namespace === rollout.namespace));
  return !ingress ? [] : [{
    object: rollout,
    field: blueGreenOf(rollout),
    message: `Rollout ${rollout.name} switches Service ${field.string()} at once behind the ALB of Ingress ${ingress.name}, `
      + 'whose old targets leave before the new ones are healthy',
    actual: 'blueGreen',
    required: 'canary',
    fix: 'use strategy.canary with trafficRouting.alb, pingPong and a rootService',
  }];
}
