import type { Planned } from '../../plan/planned-service';
import { portNameOf } from '../../spec/protocol';

/** What an engine makes of an Ingress. */
export interface IngressVariant {
  /** The object's name, where it is not the usual one. */
  readonly name?: string;
  /** Where the rules lead, where that is not the service's own Service. */
  readonly backend?: IngressBackend;
  /** Where the same paths lead before that, where a condition of such a backend's own holds. */
  readonly backendsBefore?: readonly IngressBackend[];
  /** Paths in the controller's own form, in the place of the prefix. */
  readonly patterns?: readonly string[];
  /** Annotations besides the traffic's own. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A Service as an Ingress names it. */
export interface IngressBackend {
  readonly name: string;
  readonly port: { readonly name: string };
}

/** The service's own Service, or another with the same port. */
export function backendOf({ spec }: Planned, name = spec.name): IngressBackend {
  return { name, port: { name: portNameOf(spec.protocol) } };
}

/** Renders the rules of an Ingress: every host, or all of them, to one port. */
export function renderIngressRules(planned: Planned, hosts: readonly string[], path: string, variant: IngressVariant = {}) {
  const { backend = backendOf(planned), backendsBefore = [], patterns } = variant;
  const matched = patterns?.map((pattern) => ({ path: pattern, pathType: 'ImplementationSpecific' })) ?? [{ path, pathType: 'Prefix' }];
  const http = {
    paths: [...backendsBefore, backend].flatMap((service) => matched.map((match) => ({
      ...match, backend: { service: { ...service, port: { ...service.port } } },
    }))),
  };
  return hosts.length === 0 ? [{ http }] : hosts.map((host) => ({ host, http }));
}

/** The annotation by which external-dns gives the records of a host their lifetime. */
export function renderDnsTtl(hosts: readonly string[], seconds: number): Record<string, string> {
  return hosts.length === 0 ? {} : { 'external-dns.alpha.kubernetes.io/ttl': String(seconds) };
}
