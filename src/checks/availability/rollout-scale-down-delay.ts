import { propagationKey } from '../../assumptions/known-assumptions';
import type { PathName } from '../../cluster/ways-in';
import type { Workload } from '../../cluster/workload';
import type { Rule, RuleContext } from '../rule';
import { shutdownOf } from '../shutdown';
import { isOverNodes } from './alb-of-rollout';
import { rolloutsOf } from './argo-rollout';
import { PODS, ROLLOUT, SERVICE } from './example-manifests';
import { hasTrafficRouting } from './release-step';
import { blueGreenOf, canaryOf } from '../../cluster/argo-rollout';

const PREVIEW = SERVICE.replace('name: payments }', 'name: payments-preview }');

const SWITCHED = `${SERVICE}${PREVIEW}${ROLLOUT}
  replicas: 2
  strategy: { blueGreen: { activeService: payments, previewService: payments-preview, scaleDownDelaySeconds: 5 } }
  ${PODS}
`;

/** What Argo Rollouts waits where nothing is written, and recommends as the least. */
const DEFAULT_DELAY_SECONDS = 30;

/** Old pods stay until nobody sends them requests. */
export const ROLLOUT_SCALE_DOWN_DELAY: Rule = {
  id: 'rollout-scale-down-delay',
  severity: 'error',
  title: 'An Argo Rollout keeps its old pods until every way has turned to the new ones.',
  why: 'When a Rollout shifts the last requests it changes a Service or a route, and ends the old pods scaleDownDelaySeconds later. Whoever has not '
    + 'heard of the change by then still sends them requests, which are refused. A preStop sleep adds to the time for which they answer. '
    + 'Argo Rollouts itself recommends no less than 30 s.',
  inequality: 'scaleDownDelaySeconds + preStop ≥ max(30, propagation)',
  sources: [
    'https://argo-rollouts.readthedocs.io/en/stable/features/bluegreen/#scaledowndelayseconds',
    'https://github.com/argoproj/argo-rollouts/issues/4433',
  ],
  failing: SWITCHED,
  passing: SWITCHED.replace('scaleDownDelaySeconds: 5', 'scaleDownDelaySeconds: 60'),
  check: (context) => rolloutsOf(context.cluster).flatMap((rollout) => {
    const field = (blueGreenOf(rollout).exists ? blueGreenOf(rollout) : canaryOf(rollout)).get('scaleDownDelaySeconds');
    // Old pods of a dynamic stable scale are ended as weights move; another rule is about that.
    const isJudged = blueGreenOf(rollout).exists || (hasTrafficRouting(rollout) && canaryOf(rollout).get('dynamicStableScale').boolean() !== true);
    const delay = field.integer() ?? DEFAULT_DELAY_SECONDS;
    const { preStopSeconds } = shutdownOf(context.relations, rollout, context.assumptionsOf(rollout));
    const needed = Math.max(DEFAULT_DELAY_SECONDS, propagationOf(context, rollout));
    return !isJudged || preStopSeconds === undefined || delay + preStopSeconds >= needed ? [] : [{
      object: rollout,
      field,
      message: `old pods answer for ${delay} s after the last requests were shifted${preStopSeconds > 0 ? ` and ${preStopSeconds} s of preStop` : ''}, `
        + `but it takes up to ${needed} s until nobody sends them any`,
      actual: `${delay} s`,
      required: `≥ ${needed - preStopSeconds} s`,
      fix: `set scaleDownDelaySeconds to at least ${needed - preStopSeconds}`,
    }];
  }),
};

/** By which way a router of Argo Rollouts tells of new weights; of others nothing is known. */
const ROUTERS: Readonly<Record<string, PathName>> = { istio: 'istio', alb: 'awsLoadBalancer', nginx: 'ingressNginx' };

/** A canary moves weights of its router; a blue-green switch changes the active Service, and all who come by it must hear. */
function propagationOf(context: RuleContext, rollout: Workload): number {
  const { assumptionsOf, waysInOf } = context;
  const routers = canaryOf(rollout).get('trafficRouting').entries().flatMap(([name]) => routerOf(context, rollout, name));
  const active = blueGreenOf(rollout).get('activeService').string();
  const switched = waysInOf(rollout).filter(({ service }) => service.name === active).map(({ path }) => path);
  return Math.max(0, ...[...routers, ...switched].map((path) => assumptionsOf(rollout).numberOf(propagationKey(path))));
}

/** An ALB over nodes has no target to drop: it is kube-proxy that must hear of the pods behind a node's port. */
function routerOf(context: RuleContext, rollout: Workload, name: string): readonly PathName[] {
  if (!Object.hasOwn(ROUTERS, name)) {
    return [];
  }
  return [name === 'alb' && isOverNodes(context, rollout) ? 'clusterInternal' : ROUTERS[name]];
}
