import type { Rule } from '../rule';
import { HEADLESS_SERVICE, PODS_BY_NAME, SERVICE } from './example-manifests';
import { podsKeptBy } from './serving-workloads';
import { isUnplaced } from './unplaced';

const STATEFUL_SET = `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: payments }
spec:
  replicas: 3
  serviceName: payments
  ${PODS_BY_NAME}
`;

/** The pods of a StatefulSet have names. */
export const STATEFUL_SET_SERVICE_MISSING: Rule = {
  id: 'stateful-set-service-missing',
  severity: 'warning',
  title: 'A StatefulSet\'s serviceName names a headless Service.',
  why: 'Each pod of a StatefulSet has a DNS name of its own under the Service that serviceName names, and only a headless one gives them out. Where it '
    + 'is missing, or has an address of its own, the names of single pods do not resolve, and members that look for each other by name do not meet '
    + 'after a pod has come back with another address.',
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id'],
  failing: `${SERVICE}${STATEFUL_SET}`,
  passing: `${HEADLESS_SERVICE}${STATEFUL_SET}`,
  check: ({ cluster, relations }) => cluster.workloads.filter(({ kind }) => kind === 'StatefulSet').flatMap((workload) => {
    const field = workload.field.get('spec', 'serviceName');
    const name = field.string();
    const service = name ? relations.serviceNamed(workload.namespace, name) : undefined;
    const isRead = cluster.services.some(({ namespace }) => namespace === workload.namespace);
    // A single pod has no other to look for.
    const isAlone = (podsKeptBy(relations, workload)?.max ?? 0) < 2;
    if (!name || (service ? service.isHeadless || isAlone : !isRead || isUnplaced(cluster, 'Service', name))) {
      return [];
    }
    return [{
      object: workload,
      field,
      message: service
        ? `Service ${name} is not headless, so the names of single pods of StatefulSet ${workload.name} do not resolve`
        : `serviceName ${name} is not among the Services read in namespace ${workload.namespace}, `
          + `so the names of single pods of StatefulSet ${workload.name} do not resolve`,
      fix: service ? 'name a Service with clusterIP None' : `add a Service ${name} with clusterIP None`,
    }];
  }),
};
