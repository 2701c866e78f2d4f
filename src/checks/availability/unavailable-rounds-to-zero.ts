import { podsOf } from '../../cluster/count';
import type { Rule } from '../rule';
import { DEPLOYMENT, PODS, SERVICE } from './example-manifests';
import { podsText } from './pods-text';
import { hasTrafficRouting } from './release-step';
import { podsKeptBy, servingWorkloads } from './serving-workloads';
import { areBothZero } from './surge-and-unavailable-zero';

/** What is written is what happens: no pod is taken away where the percentage comes to none. */
export const UNAVAILABLE_ROUNDS_TO_ZERO: Rule = {
  id: 'unavailable-rounds-to-zero',
  severity: 'warning',
  title: 'A release that may add no pod may take one away by what is written.',
  why: 'A percentage of maxUnavailable is rounded down. Where it comes to no pod and maxSurge is zero, no release could move, so the controller takes '
    + 'one pod away all the same: of few pods that is a much larger share than the percentage says.',
  inequality: 'maxSurge + ⌊maxUnavailable × replicas⌋ > 0',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable',
    'https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/deployment/util/deployment_util.go',
  ],
  failing: `${SERVICE}${DEPLOYMENT}
  replicas: 3
  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 25% } }
  ${PODS}
`,
  passing: `${SERVICE}${DEPLOYMENT}
  replicas: 3
  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 25% } }
  ${PODS}
`,
  check: ({ relations, assumptionsOf }) => servingWorkloads(relations).flatMap((workload) => {
    const { kind, strategy } = workload;
    const isJudged = (kind === 'Deployment' || kind === 'Rollout') && strategy.type !== 'Recreate' && strategy.type !== 'blueGreen';
    const pods = podsKeptBy(relations, workload)?.min ?? 0;
    const isZero = podsOf(strategy.maxSurge, pods, 'up') === 0 && podsOf(strategy.maxUnavailable, pods, 'down') === 0;
    // Where too few are left another rule says so.
    const isLeft = pods - 1 >= assumptionsOf(workload).numberOf('required-ready');
    return !isJudged || !isZero || !isLeft || areBothZero(workload) || hasTrafficRouting(workload) ? [] : [{
      object: workload,
      field: strategy.maxUnavailableField,
      message: `maxUnavailable ${strategy.maxUnavailable} of ${podsText(pods)} comes to none and maxSurge is 0, so each release takes 1 pod away all the same`,
      actual: podsText(pods - 1),
      required: podsText(pods),
      fix: 'set maxSurge to 1',
    }];
  }),
};
