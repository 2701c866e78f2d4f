import type { Rule } from '../rule';
import { HEADLESS_SERVICE, PODS_BY_NAME } from './example-manifests';
import { servingWorkloads } from './serving-workloads';

const STATEFUL_SET = `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: payments }
spec:
  replicas: 3
  serviceName: payments`;

/** The controller updates pods itself. */
export const ON_DELETE_STRATEGY: Rule = {
  id: 'on-delete-strategy',
  severity: 'info',
  title: 'A StatefulSet or DaemonSet that serves requests is updated by its controller.',
  why: 'With OnDelete a new template changes nothing until somebody deletes pods by hand. Nobody then waits for one pod to be ready before the next is '
    + 'deleted, and a pod that ends for another reason comes back as the new version, so two versions serve together for an unknown time.',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#update-strategies',
    'https://kubernetes.io/docs/tasks/manage-daemon/update-daemon-set/',
  ],
  failing: `${HEADLESS_SERVICE}${STATEFUL_SET}
  updateStrategy: { type: OnDelete }
  ${PODS_BY_NAME}
`,
  passing: `${HEADLESS_SERVICE}${STATEFUL_SET}
  updateStrategy: { type: RollingUpdate }
  ${PODS_BY_NAME}
`,
  check: ({ relations }) => servingWorkloads(relations).filter(({ strategy }) => strategy.type === 'OnDelete').map((workload) => ({
    object: workload,
    field: workload.strategy.field.get('type'),
    message: `the pods of ${workload.kind} ${workload.name} change only when somebody deletes them, so nobody waits for one to be ready before the next ends`,
    actual: 'OnDelete',
    required: 'RollingUpdate',
    fix: 'set updateStrategy.type to RollingUpdate',
  })),
};
