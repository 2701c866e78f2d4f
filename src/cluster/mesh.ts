import type { Cluster } from './cluster';
import { labelsOf } from './identity';
import type { PodTemplate } from './pod-template';
import type { Workload } from './workload';

/** Istio's sidecar in a workload's pods: from the namespace's and the pod's labels, or written out by `istioctl kube-inject`. */
export function hasIstioSidecar(cluster: Cluster, { namespace, template }: Workload): boolean {
  return hasProxyContainer(template) || isInjected(cluster, namespace, template);
}

/** Whoever refuses, the namespace or the pod, has the last word. */
function isInjected(cluster: Cluster, namespace: string, { labels, annotations }: PodTemplate): boolean {
  const object = cluster.find('Namespace', '', namespace);
  const ofNamespace = object ? labelsOf(object) : new Map<string, string>();
  const ofPod = labels.get('sidecar.istio.io/inject') ?? annotations.get('sidecar.istio.io/inject');
  const injection = ofNamespace.get('istio-injection');
  if (ofPod === 'false' || injection === 'disabled') {
    return false;
  }
  return ofPod === 'true' || injection === 'enabled' || ofNamespace.has('istio.io/rev') || labels.has('istio.io/rev');
}

function hasProxyContainer(template: PodTemplate): boolean {
  return [...template.containers, ...template.sidecars].some(({ name }) => name === 'istio-proxy');
}
