import type { ClusterObject } from './identity';
import type { Field } from '../reading/field';

/** A destination of a VirtualService's route. */
export interface RouteDestination {
  readonly field: Field;
  readonly host: string;
  readonly subset?: string;
  readonly port?: number;
  /** Istio gives a lone destination all requests, and one of several without a weight none. */
  readonly weight: number;
}

/** One route of a VirtualService. */
export interface VirtualServiceRoute {
  readonly field: Field;
  readonly protocol: 'http' | 'tls' | 'tcp';
  readonly matches: readonly Field[];
  readonly destinations: readonly RouteDestination[];
  /** Where copies of requests go; their answers are thrown away. */
  readonly mirrors: readonly RouteDestination[];
}

/** Istio's VirtualService. */
export interface VirtualService extends ClusterObject {
  readonly hosts: readonly string[];
  readonly gateways: readonly string[];
  readonly routes: readonly VirtualServiceRoute[];
}

/** A named part of a host's pods. */
export interface Subset {
  readonly field: Field;
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
}

/** Istio's DestinationRule. */
export interface DestinationRule extends ClusterObject {
  readonly host: string;
  readonly subsets: readonly Subset[];
  readonly trafficPolicy: Field;
}

/** Whether the object belongs to Istio's traffic management. */
export function isIstioNetworking({ apiVersion }: ClusterObject): boolean {
  return apiVersion.startsWith('networking.istio.io/');
}

/** Reads a VirtualService. */
export function virtualServiceOf(object: ClusterObject): VirtualService {
  const spec = object.field.get('spec');
  return {
    ...object,
    hosts: stringsOf(spec.get('hosts')),
    gateways: stringsOf(spec.get('gateways')),
    routes: (['http', 'tls', 'tcp'] as const).flatMap((protocol) => spec.get(protocol).items().map((field) => routeOf(field, protocol))),
  };
}

/** Reads a DestinationRule. */
export function destinationRuleOf(object: ClusterObject): DestinationRule {
  const spec = object.field.get('spec');
  return {
    ...object,
    host: spec.get('host').string() ?? '',
    trafficPolicy: spec.get('trafficPolicy'),
    subsets: spec.get('subsets').items().map((field) => ({
      field,
      name: field.get('name').string() ?? '',
      labels: field.get('labels').stringMap(),
    })),
  };
}

/**
 * The Service that a host of a mesh means, as `namespace/name`: a short name is one of the rule's own namespace.
 * Nothing for hosts outside the cluster and wildcards.
 */
export function serviceOfHost(host: string, namespace: string): { namespace: string; name: string } | undefined {
  const labels = host.split('.');
  if (host.includes('*') || labels[0] === '') {
    return undefined;
  }
  if (labels.length === 1) {
    return { namespace, name: labels[0] };
  }
  // Istio itself expands short names alone: `name.namespace` would be a name of the outer world.
  return labels[2] === 'svc' ? { namespace: labels[1], name: labels[0] } : undefined;
}

function routeOf(field: Field, protocol: VirtualServiceRoute['protocol']): VirtualServiceRoute {
  const routes = field.get('route').items();
  const mirrors = [field.get('mirror'), ...field.get('mirrors').items().map((mirror) => mirror.get('destination'))].filter((mirror) => mirror.exists);
  return {
    field,
    protocol,
    matches: field.get('match').items(),
    destinations: routes.map((route) => destinationOf(route.get('destination'), route.get('weight').integer() ?? (routes.length === 1 ? 100 : 0))),
    mirrors: mirrors.map((mirror) => destinationOf(mirror, 0)),
  };
}

function destinationOf(field: Field, weight: number): RouteDestination {
  return {
    field,
    host: field.get('host').string() ?? '',
    subset: field.get('subset').string(),
    port: field.get('port', 'number').integer(),
    weight,
  };
}

function stringsOf(field: Field): string[] {
  return field.items().map((item) => item.string() ?? '');
}
