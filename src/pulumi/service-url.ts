import type { Planned } from '../plan/planned-service';

/**
 * The address by which clients reach the service first of all: a host of a way in from outside, and without one the Service's. Whether a
 * gateway speaks TLS is not declared here, so its addresses are told as if it did.
 */
export function urlOf({ spec, traffic }: Planned): string {
  for (const way of traffic) {
    const [host] = 'hosts' in way ? way.hosts.filter((name) => !name.startsWith('*')) : [];
    if (host !== undefined) {
      const isPlain = (way.kind === 'awsLoadBalancer' || way.kind === 'networkLoadBalancer') && way.certificateArn === undefined
        || way.kind === 'ingressNginx' && way.tlsSecret === undefined;
      const path = 'path' in way && way.path !== undefined ? way.path : '/';
      return `${isPlain ? 'http' : 'https'}://${host}${path}`;
    }
  }
  return `http://${hostOf(spec)}:${spec.servicePort}/`;
}

/** The service's host name in the cluster. */
export function hostOf({ name, namespace }: Planned['spec']): string {
  return namespace === undefined ? name : `${name}.${namespace}.svc`;
}
