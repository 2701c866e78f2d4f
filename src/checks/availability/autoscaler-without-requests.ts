import type { Container } from '../../cluster/container';
import type { Workload } from '../../cluster/workload';
import type { Rule } from '../rule';
import { AUTOSCALER, DEPLOYMENT, PODS, SERVICE } from './example-manifests';
import { isRead } from './serving-workloads';
import { watchedResourcesOf, type WatchedResource } from './watched-resources';

const MANIFESTS = `${SERVICE}${DEPLOYMENT}
  ${PODS}
${AUTOSCALER}
  minReplicas: 2
  maxReplicas: 6
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]
`;

/** Shares of a request need one. */
export const AUTOSCALER_WITHOUT_REQUESTS: Rule = {
  id: 'autoscaler-without-requests',
  severity: 'error',
  title: 'Every container whose resource an autoscaler watches requests that resource.',
  why: 'Utilization is a share of what containers request, all containers of the pod together. Where one of them has no such request the autoscaler '
    + 'cannot compute the share and does not scale by this metric, however high the load is.',
  sources: ['https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#algorithm-details'],
  failing: MANIFESTS.replace('cpu: 250m, ', ''),
  passing: MANIFESTS,
  check: ({ cluster, relations }) => cluster.autoscalers.flatMap((autoscaler) => {
    const workload = relations.workloadScaledBy(autoscaler);
    // A LimitRange may give every container a request of its own.
    if (!workload || workload.kind === 'DaemonSet' || isRead(cluster, 'LimitRange', autoscaler.namespace)) {
      return [];
    }
    return watchedResourcesOf(autoscaler).flatMap((watched) => withoutRequest(workload, watched).slice(0, 1).map((container) => ({
      object: workload,
      field: container.field.get('resources', 'requests', watched.resource),
      message: `${autoscaler.kind} ${autoscaler.name} scales ${workload.kind} ${workload.name} by its use of requested ${watched.resource}, `
        + `but container ${container.name} requests none, so it cannot scale by it`,
      actual: `no ${watched.resource} request`,
      fix: `set resources.requests.${watched.resource} of container ${container.name}`,
    })));
  }),
};

function withoutRequest({ template }: Workload, { resource, container }: WatchedResource): readonly Container[] {
  const isForPod = ['requests', 'limits'].some((list) => template.spec.get('resources', list, resource).exists);
  const counted = template.containers.filter(({ name }) => container === undefined || name === container);
  // Kubernetes takes a limit for the request where only that is written.
  return isForPod ? [] : counted.filter(({ field }) => ['requests', 'limits'].every((list) => !field.get('resources', list, resource).exists));
}
