import * as pulumi from '@pulumi/pulumi';
import { holdsPlaceholder, settled } from './inputs/placeholder';
import type { Planned } from '../plan/planned-service';
import type { PlannedTraffic } from '../plan/traffic/planned-traffic';

/**
 * The address by which clients reach the service first of all: a host of a way in from outside, and without one the Service's. Whether a
 * gateway speaks TLS is not declared here, so its addresses are told as if it did.
 */
export function urlOf({ spec, traffic }: Planned): pulumi.Output<string> {
  const hosts = traffic.flatMap((way) => 'hosts' in way ? way.hosts.map((host) => ({ way, host })) : []);
  // A host of which nobody knows yet what it is may turn out a wildcard, which is no address.
  const plain = hosts.findIndex(({ host }) => !holdsPlaceholder(host) && !isWildcard(host));
  const candidates = hosts.slice(0, plain === -1 ? undefined : plain + 1);
  return pulumi.all(candidates.map(({ host }) => settled(host))).apply((names): pulumi.Output<string> => {
    const index = names.findIndex((name) => !isWildcard(name));
    return index === -1 ? pulumi.interpolate`http://${settled(hostOf(spec))}:${spec.servicePort}/`
      : pulumi.output(`${schemeOf(candidates[index].way)}://${names[index]}${pathOf(candidates[index].way)}`);
  });
}

function isWildcard(host: string): boolean {
  return host.startsWith('*');
}

function schemeOf(way: PlannedTraffic): string {
  const isPlain = (way.kind === 'awsLoadBalancer' || way.kind === 'networkLoadBalancer') && way.certificateArn === undefined
    || way.kind === 'ingressNginx' && way.tlsSecret === undefined;
  return isPlain ? 'http' : 'https';
}

function pathOf(way: PlannedTraffic): string {
  return 'path' in way && way.path !== undefined ? way.path : '/';
}

/** The service's host name in the cluster. */
export function hostOf({ name, namespace }: Planned['spec']): string {
  return namespace === undefined ? name : `${name}.${namespace}.svc`;
}
