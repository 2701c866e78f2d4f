import { rolloutsOf } from './argo-rollout';
import { PODS, ROLLOUT, SERVICE } from './example-manifests';
import { podsText } from './pods-text';
import { releaseStepOf } from './release-step';
import type { Rule } from '../rule';

const ABORTING = `${SERVICE}${ROLLOUT}
  replicas: 4
  progressDeadlineAbort: true
  strategy: { canary: { maxSurge: 1, maxUnavailable: 1, steps: [{ setWeight: 25 }, { pause: { duration: 10m } }] } }
  ${PODS}
`;

/** A release that does not go on is taken back where it leaves too few pods. */
export const ROLLOUT_ABORT: Rule = {
  id: 'rollout-abort',
  severity: 'info',
  title: 'An Argo Rollout that gives up pods for a release is aborted where it makes no progress.',
  why: 'Where new pods do not become ready within progressDeadlineSeconds a Rollout is called degraded, and stays where it is until somebody looks. Pods '
    + 'that maxUnavailable let it end beforehand are missing for as long. With progressDeadlineAbort it goes back to the stable version by itself. A '
    + 'blue-green switch, a router of weights and maxUnavailable 0 end no pod before another is ready, so nothing is missing while they wait.',
  sources: ['https://argo-rollouts.readthedocs.io/en/stable/features/specification/'],
  failing: ABORTING.replace('  progressDeadlineAbort: true\n', ''),
  passing: ABORTING,
  check: ({ cluster, relations, kubernetesMinor }) => rolloutsOf(cluster).flatMap((rollout) => {
    const field = rollout.field.get('spec', 'progressDeadlineAbort');
    const { min } = relations.replicasOf(rollout);
    const unavailable = releaseStepOf(rollout, min, kubernetesMinor)?.unavailable ?? 0;
    return field.boolean() === true || unavailable === 0 ? [] : [{
      object: rollout,
      field,
      message: `a release of Rollout ${rollout.name} whose pods do not become ready leaves up to ${podsText(unavailable)} of ${min} missing until somebody looks: `
        + `after ${rollout.progressDeadlineSeconds} s it is only called degraded`,
      actual: 'false',
      required: 'true',
      fix: 'set progressDeadlineAbort to true, or maxUnavailable to 0',
    }];
  }),
};
