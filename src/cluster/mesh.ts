import type { Cluster } from './cluster';
import { labelsOf } from './identity';
import type { PodTemplate } from './pod-template';
import type { Workload } from './workload';

/** Istio's sidecar in a workload's pods: from the namespace's and the pod's labels, or written out by `istioctl kube-inject`. */
export function hasIstioSidecar(cluster: Cluster, { namespace, template }: Workload): boolean {
  const ofPod = template.labels.get('sidecar.istio.io/inject') ?? template.annotations.get('sidecar.istio.io/inject');
  if (ofPod === 'true' || ofPod === 'false') {
    return ofPod === 'true';
  }
  return hasProxyContainer(template) || isInjected(cluster, namespace);
}

/** Whether the namespace asks for sidecars. */
function isInjected(cluster: Cluster, namespace: string): boolean {
  const object = cluster.find('Namespace', '', namespace);
  const labels = object && labelsOf(object);
  return labels?.get('istio-injection') === 'enabled' || (labels?.has('istio.io/rev') === true && labels.get('istio-injection') !== 'disabled');
}

function hasProxyContainer(template: PodTemplate): boolean {
  return [...template.containers, ...template.sidecars].some(({ name }) => name === 'istio-proxy');
}
