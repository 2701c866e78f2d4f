import type { Rule } from '../rule';
import { rolloutsOf } from './argo-rollout';
import { PODS, ROLLOUT, SERVICE } from './example-manifests';
import { hasTrafficRouting } from './release-step';
import { canaryOf } from '../../cluster/argo-rollout';

const STEPS = `${SERVICE}${ROLLOUT}
  replicas: 4
  strategy: { canary: { steps: [{ setWeight: 25 }, { pause: { duration: 10m } }, { setWeight: 50 }] } }
  ${PODS}
`;

/** The steps of a Rollout can be taken. */
export const ROLLOUT_STEPS: Rule = {
  id: 'rollout-steps',
  severity: 'error',
  title: 'The steps of an Argo Rollout are ones that its controller takes.',
  why: 'The controller judges all steps before the first: a weight that is no share of the whole, a step that says nothing, or a scale of the canary where '
    + 'no traffic routing keeps weight and pods apart make the Rollout invalid, and it releases nothing.',
  sources: [
    'https://argo-rollouts.readthedocs.io/en/stable/features/specification/',
    'https://github.com/argoproj/argo-rollouts/blob/master/pkg/apis/rollouts/validation/validation.go',
  ],
  failing: STEPS.replace('setWeight: 50', 'setWeight: 500'),
  passing: STEPS,
  check: ({ cluster }) => rolloutsOf(cluster).flatMap((rollout) => canaryOf(rollout).get('steps').items().flatMap((step) => {
    const weight = step.get('setWeight').integer();
    const most = canaryOf(rollout).get('trafficRouting', 'maxTrafficWeight').integer() ?? 100;
    if (weight !== undefined && (weight < 0 || weight > most)) {
      return [{
        object: rollout,
        field: step.get('setWeight'),
        message: `setWeight ${weight} is not between 0 and ${most}, so Rollout ${rollout.name} is refused`,
        actual: `${weight}`,
        required: `0 to ${most}`,
        fix: `set setWeight to at most ${most}`,
      }];
    }
    if (step.get('setCanaryScale').exists && !hasTrafficRouting(rollout)) {
      return [{
        object: rollout,
        field: step.get('setCanaryScale'),
        message: `setCanaryScale without trafficRouting is refused, so Rollout ${rollout.name} releases nothing`,
        fix: 'remove the step, or set canary.trafficRouting',
      }];
    }
    // An empty map under a key is something: `pause: {}` waits for people.
    return step.entries().some(([, { value }]) => value !== undefined && value !== null) ? [] : [{
      object: rollout,
      field: step,
      message: `a step of Rollout ${rollout.name} says nothing, so the Rollout is refused`,
      fix: 'remove the step, or write setWeight, pause, analysis, experiment or setCanaryScale in it',
    }];
  })),
};
