import type { Rule } from '../rule';
import { DEPLOYMENT, PODS, SERVICE } from './example-manifests';
import { servingWorkloads } from './serving-workloads';

/** A Deployment that serves is updated by and by. */
export const RECREATE_STRATEGY: Rule = {
  id: 'recreate-strategy',
  severity: 'error',
  title: 'A Deployment that serves requests is not recreated at each release.',
  why: 'With the strategy Recreate the controller ends every old pod and waits until all have ended before it makes the first new one. From then until '
    + 'a new pod is ready the Service has no endpoint, and every request is refused.',
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#recreate-deployment'],
  failing: `${SERVICE}${DEPLOYMENT}
  replicas: 2
  strategy: { type: Recreate }
  ${PODS}
`,
  passing: `${SERVICE}${DEPLOYMENT}
  replicas: 2
  strategy: { type: RollingUpdate, rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
  ${PODS}
`,
  check: ({ relations }) => servingWorkloads(relations).filter(({ strategy }) => strategy.type === 'Recreate').map((workload) => ({
    object: workload,
    field: workload.strategy.field.get('type'),
    message: `every release ends all pods of ${workload.kind} ${workload.name} before it starts the first new one, so requests are refused until that is ready`,
    actual: 'Recreate',
    required: 'RollingUpdate',
    fix: 'set strategy.type to RollingUpdate, with maxSurge 1 and maxUnavailable 0',
  })),
};
