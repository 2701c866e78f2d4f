import type { Rule } from '../rule';
import { rolloutsOf } from './argo-rollout';
import { PODS, ROLLOUT, SERVICE } from './example-manifests';
import { hasTrafficRouting } from './release-step';
import { canaryOf } from '../../cluster/argo-rollout';

const CANARY_SERVICE = SERVICE.replace('name: payments }', 'name: payments-canary }');

const SURGING = `${SERVICE}${CANARY_SERVICE}${ROLLOUT}
  replicas: 2
  strategy:
    canary:
      stableService: payments
      canaryService: payments-canary
      maxSurge: 1
      trafficRouting: { nginx: { stableIngress: payments } }
      steps: [{ setWeight: 20 }, { pause: { duration: 10m } }]
  ${PODS}
`;

/** What is written has an effect. */
export const ROLLOUT_SURGE_IGNORED: Rule = {
  id: 'rollout-surge-ignored',
  severity: 'info',
  title: 'An Argo Rollout with traffic routing writes no maxSurge or maxUnavailable.',
  why: 'With trafficRouting the weight of a step decides how many canary pods there are, and the stable ones all stay: maxSurge and maxUnavailable do '
    + 'nothing. At full weight there are twice as many pods as replicas says, for which nodes, quotas and database connections must suffice (without '
    + 'dynamicStableScale, which is bad for other reasons).',
  sources: ['https://argo-rollouts.readthedocs.io/en/stable/features/canary/'],
  failing: SURGING,
  passing: SURGING.replace('      maxSurge: 1\n', ''),
  check: ({ cluster }) => rolloutsOf(cluster).filter(hasTrafficRouting).flatMap((rollout) => {
    const written = [rollout.strategy.maxSurgeField, rollout.strategy.maxUnavailableField].filter(({ exists }) => exists);
    const isDynamic = canaryOf(rollout).get('dynamicStableScale').boolean() === true;
    return written.map((field) => ({
      object: rollout,
      field,
      message: `${String(field.path[field.path.length - 1])} of Rollout ${rollout.name} has no effect beside trafficRouting: `
        + (isDynamic ? 'the weights decide how many pods there are' : 'a release at full weight runs twice the pods'),
      fix: `remove ${String(field.path[field.path.length - 1])}, and use setCanaryScale to limit the canary's pods`,
    }));
  }),
};
