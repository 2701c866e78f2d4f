import type { Cluster } from '../../cluster/cluster';
import { serviceOfHost, type DestinationRule } from '../../cluster/istio';

/** The namespace whose DestinationRules hold for every other, unless the mesh is configured otherwise. */
const ROOT_NAMESPACE = 'istio-system';

/** A host with its whole name: Istio completes those without a dot by the namespace of the object that names them. */
export function fullHost(host: string, namespace: string): string {
  return host.includes('.') || host.includes('*') ? host : `${host}.${namespace}.svc.cluster.local`;
}

/** The DestinationRules that a client of `namespace` sees for a host. */
export function rulesForHost(cluster: Cluster, host: string, namespace: string): readonly DestinationRule[] {
  const wanted = fullHost(host, namespace);
  const seen = new Set([namespace, ROOT_NAMESPACE, serviceOfHost(host, namespace)?.namespace]);
  return cluster.destinationRules.filter((rule) => seen.has(rule.namespace) && includes(fullHost(rule.host, rule.namespace), wanted));
}

/** Whether a ServiceEntry of any namespace declares the host. */
export function isDeclaredHost(cluster: Cluster, host: string, namespace: string): boolean {
  const wanted = fullHost(host, namespace);
  return cluster.ofKind('ServiceEntry').some(({ field }) => field.get('spec', 'hosts').items()
    .some((item) => includes(item.string() ?? '', wanted) || item.string() === host));
}

function includes(pattern: string, host: string): boolean {
  return pattern === host || (pattern.startsWith('*') && host.endsWith(pattern.slice(1)));
}
