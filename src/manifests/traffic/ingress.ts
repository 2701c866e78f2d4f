import type { Planned } from '../../plan/planned-service';
import { portNameOf } from '../../spec/protocol';

/** Renders the rules of an Ingress: every host, or all of them, to the service's port. */
export function renderIngressRules({ spec }: Planned, hosts: readonly string[], path: string) {
  const http = {
    paths: [{ path, pathType: 'Prefix', backend: { service: { name: spec.name, port: { name: portNameOf(spec.protocol) } } } }],
  };
  return hosts.length === 0 ? [{ http }] : hosts.map((host) => ({ host, http }));
}

/** The annotation by which external-dns gives the records of a host their lifetime. */
export function renderDnsTtl(hosts: readonly string[], seconds: number): Record<string, string> {
  return hosts.length === 0 ? {} : { 'external-dns.alpha.kubernetes.io/ttl': String(seconds) };
}
