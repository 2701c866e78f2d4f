import type { Rule } from '../rule';
import { DEPLOYMENT, PODS, SERVICE } from './example-manifests';
import { podsText } from './pods-text';
import { releaseStepOf } from './release-step';
import { podsKeptBy, servingWorkloads } from './serving-workloads';

/** A release takes no pod away before its successor is ready. */
export const UNAVAILABLE_LOWERS_CAPACITY: Rule = {
  id: 'unavailable-lowers-capacity',
  severity: 'info',
  title: 'A release takes no pod away before its successor is ready.',
  why: 'maxUnavailable is capacity that every release gives up for as long as new pods take to become ready, and Kubernetes\' default is a quarter of '
    + 'the pods. It does no harm where the rest carry the load; at the hour of most requests they may not.',
  inequality: 'maxUnavailable = 0',
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable'],
  failing: `${SERVICE}${DEPLOYMENT}
  replicas: 4
  ${PODS}
`,
  passing: `${SERVICE}${DEPLOYMENT}
  replicas: 4
  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
  ${PODS}
`,
  check: ({ relations, assumptionsOf, kubernetesMinor }) => servingWorkloads(relations)
    .filter(({ kind }) => kind === 'Deployment' || kind === 'Rollout')
    .flatMap((workload) => {
      const { min, max } = podsKeptBy(relations, workload) ?? { min: 0, max: 0 };
      const { unavailable = 0, surge = 0 } = releaseStepOf(workload, max, kubernetesMinor) ?? {};
      const atLeast = releaseStepOf(workload, min, kubernetesMinor)?.unavailable ?? 0;
      const isWorse = atLeast > 0 && min - atLeast < assumptionsOf(workload).numberOf('required-ready');
      return unavailable === 0 || isWorse || (surge === 0 && workload.strategy.maxUnavailable !== unavailable) ? [] : [{
        object: workload,
        field: workload.strategy.maxUnavailableField,
        message: `each release runs with up to ${podsText(unavailable)} fewer than the ${max} of ${workload.kind} ${workload.name}`,
        actual: podsText(max - unavailable),
        required: podsText(max),
        fix: 'set maxUnavailable to 0 and maxSurge to at least 1',
      }];
    }),
};
