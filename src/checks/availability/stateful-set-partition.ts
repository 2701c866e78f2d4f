import type { Rule } from '../rule';
import { HEADLESS_SERVICE, PODS_BY_NAME } from './example-manifests';
import { podsText } from './pods-text';

const STAGED = `${HEADLESS_SERVICE}
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: payments }
spec:
  replicas: 3
  serviceName: payments
  updateStrategy: { type: RollingUpdate, rollingUpdate: { partition: 2 } }
  ${PODS_BY_NAME}
`;

/** A release reaches every pod. */
export const STATEFUL_SET_PARTITION: Rule = {
  id: 'stateful-set-partition',
  severity: 'info',
  title: 'A StatefulSet updates all its pods.',
  why: 'Pods with an ordinal below the partition keep the old template, also when they are deleted and made again. That is meant for a release in steps; '
    + 'a partition that is left behind has two versions serve side by side from then on.',
  inequality: 'partition = 0',
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#partitions'],
  failing: STAGED,
  passing: STAGED.replace('partition: 2', 'partition: 0'),
  check: ({ cluster }) => cluster.workloads.filter(({ kind }) => kind === 'StatefulSet').flatMap((workload) => {
    const field = workload.strategy.field.get('rollingUpdate', 'partition');
    const partition = field.integer() ?? 0;
    const old = Math.min(partition, workload.replicas ?? 1);
    return partition === 0 || old === 0 ? [] : [{
      object: workload,
      field,
      message: `${podsText(old)} of StatefulSet ${workload.name}, those with an ordinal below ${partition}, keep the old version`,
      actual: `${partition}`,
      required: '0',
      fix: 'set partition to 0 once the new version has proved itself',
    }];
  }),
};
