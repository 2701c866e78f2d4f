import type { Rule } from '../rule';
import { rolloutsOf } from './argo-rollout';
import { PODS, ROLLOUT, SERVICE } from './example-manifests';
import { hasTrafficRouting } from './release-step';
import { canaryOf } from '../../cluster/argo-rollout';

const CANARY_SERVICE = SERVICE.replace('name: payments }', 'name: payments-canary }');

const SCALED = `${SERVICE}${CANARY_SERVICE}${ROLLOUT}
  replicas: 2
  strategy:
    canary:
      stableService: payments
      canaryService: payments-canary
      dynamicStableScale: true
      trafficRouting: { nginx: { stableIngress: payments } }
      steps: [{ setWeight: 20 }, { pause: { duration: 10m } }]
  ${PODS}
`;

/** Stable pods stay for the whole release. */
export const ROLLOUT_DYNAMIC_STABLE_SCALE: Rule = {
  id: 'rollout-dynamic-stable-scale',
  severity: 'warning',
  title: 'An Argo Rollout keeps its stable pods until the release is done.',
  why: 'With dynamicStableScale the stable pods become fewer as weight moves to the canary. They are ended as soon as the new weight is written, whether '
    + 'or not proxies have heard of it, so requests reach pods that have gone; and where the release is aborted the few that are left take all requests '
    + 'until others have started. It excludes scaleDownDelaySeconds, the field that would keep them.',
  sources: [
    'https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/#dynamic-stable-scale-with-traffic-routing',
    'https://github.com/argoproj/argo-rollouts/issues/3681',
    'https://github.com/argoproj/argo-rollouts/issues/4828',
  ],
  failing: SCALED,
  passing: SCALED.replace('      dynamicStableScale: true\n', ''),
  check: ({ cluster }) => rolloutsOf(cluster).filter((rollout) => canaryOf(rollout).get('dynamicStableScale').boolean() === true).map((rollout) => {
    const isRefused = !hasTrafficRouting(rollout) || canaryOf(rollout).get('scaleDownDelaySeconds').exists;
    const reason = hasTrafficRouting(rollout) ? 'together with scaleDownDelaySeconds' : 'without trafficRouting';
    return {
      object: rollout,
      field: canaryOf(rollout).get('dynamicStableScale'),
      message: isRefused
        ? `dynamicStableScale ${reason} is refused, so Rollout ${rollout.name} releases nothing`
        : `Rollout ${rollout.name} ends stable pods as soon as weight moves away, so proxies that have not heard of it send requests to pods that have gone`,
      actual: 'true',
      required: 'false',
      fix: 'remove dynamicStableScale',
    };
  }),
};
