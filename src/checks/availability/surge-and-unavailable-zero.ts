import { DEPLOYMENT, PODS } from './example-manifests';
import type { Count } from '../../cluster/count';
import type { Workload } from '../../cluster/workload';
import type { Rule } from '../rule';

/** A release may move: it may add a pod, or take one away. */
export const SURGE_AND_UNAVAILABLE_ZERO: Rule = {
  id: 'surge-and-unavailable-zero',
  severity: 'error',
  title: 'Of maxSurge and maxUnavailable at most one is zero.',
  why: 'A release goes on by adding a pod beyond the number or by taking one away. Where it may do neither it could never begin, so the API server '
    + 'refuses the object (of an Argo Rollout, its controller), and nothing of the release arrives.',
  inequality: 'maxSurge + maxUnavailable > 0',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable',
    'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/daemon-set-v1/',
  ],
  failing: `${DEPLOYMENT}
  replicas: 3
  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } }
  ${PODS}
`,
  passing: `${DEPLOYMENT}
  replicas: 3
  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
  ${PODS}
`,
  check: ({ cluster }) => cluster.workloads.filter(areBothZero).map((workload) => ({
    object: workload,
    field: workload.strategy.maxUnavailableField.exists ? workload.strategy.maxUnavailableField : workload.strategy.maxSurgeField,
    message: `maxSurge ${workload.strategy.maxSurge} and maxUnavailable ${workload.strategy.maxUnavailable} let a release neither add a pod nor take one away, `
      + 'so the object is refused',
    actual: '0 pods',
    required: '≥ 1 pod',
    fix: 'set maxSurge to 1',
  })),
};

/** Whether a workload's bounds are refused as both zero; a StatefulSet has no surge. */
export function areBothZero({ kind, strategy }: Workload): boolean {
  const isRolling = strategy.type === 'RollingUpdate' || strategy.type === 'canary';
  return isRolling && kind !== 'StatefulSet' && isZero(strategy.maxSurge) && isZero(strategy.maxUnavailable);
}

function isZero(count: Count): boolean {
  return count === 0 || (typeof count === 'string' && Number(count.slice(0, -1)) === 0);
}
