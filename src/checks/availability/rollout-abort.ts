import type { Rule } from '../rule';
import { rolloutsOf } from './argo-rollout';
import { PODS, ROLLOUT, SERVICE } from './example-manifests';

const ABORTING = `${SERVICE}${ROLLOUT}
  replicas: 4
  progressDeadlineAbort: true
  strategy: { canary: { steps: [{ setWeight: 25 }, { pause: { duration: 10m } }] } }
  ${PODS}
`;

/** A release that does not go on is taken back. */
export const ROLLOUT_ABORT: Rule = {
  id: 'rollout-abort',
  severity: 'info',
  title: 'An Argo Rollout that makes no progress is aborted.',
  why: 'Where new pods do not become ready within progressDeadlineSeconds a Rollout is called degraded, and stays where it is, between two versions, '
    + 'until somebody looks. With progressDeadlineAbort it goes back to the stable version by itself. (With Istio that has been seen not to happen: '
    + 'have an alert too.)',
  sources: [
    'https://argo-rollouts.readthedocs.io/en/stable/features/specification/',
    'https://github.com/argoproj/argo-rollouts/issues/4626',
  ],
  failing: ABORTING.replace('  progressDeadlineAbort: true\n', ''),
  passing: ABORTING,
  check: ({ cluster }) => rolloutsOf(cluster).flatMap((rollout) => {
    const field = rollout.field.get('spec', 'progressDeadlineAbort');
    return field.boolean() === true ? [] : [{
      object: rollout,
      field,
      message: `a release of Rollout ${rollout.name} whose pods do not become ready stays half-way after ${rollout.progressDeadlineSeconds} s `
        + 'instead of going back',
      actual: 'false',
      required: 'true',
      fix: 'set progressDeadlineAbort to true',
    }];
  }),
};
