/* eslint-disable @typescript-eslint/no-explicit-any */
type Found = any;

/** What of a release's objects a configuration is made of. */
export interface Routing {
  readonly objects: readonly Found[];
  /** The port at which the pods of a track are reached; several Services and subsets may mean the same. */
  readonly portOf: (track: string) => number;
}

const TRACK = 'zero-downtime/track';

/** Envoy's configuration for a VirtualService and its DestinationRule, as istiod makes it of the fields that are used here. */
export function ofMesh(routing: Routing, listen: number): object {
  const [virtualService] = routing.objects.filter(({ kind }) => kind === 'VirtualService');
  const routes = virtualService.spec.http.flatMap(({ match, route }: Found) => (match ?? [{}]).map(({ headers = {} }: Found) => ({
    match: { prefix: '/', headers: Object.entries<Found>(headers).map(([name, { exact }]) => exactly(name, exact)) },
    route: weighted(route.map(({ destination, weight = 100 }: Found) => [`${destination.host}|${destination.subset ?? ''}`, weight])),
  })));
  return configuration(listen, virtualService.spec.hosts, routes, clustersOf(routing));
}

/** Envoy's configuration for an HTTPRoute, as gateways make it: of rules that match, the one with more headers counts. */
export function ofGateway(routing: Routing, listen: number): object {
  const [httpRoute] = routing.objects.filter(({ kind }) => kind === 'HTTPRoute');
  const rules = [...httpRoute.spec.rules].sort((one: Found, other: Found) => headersOf(other).length - headersOf(one).length);
  const routes = rules.map((rule: Found) => ({
    match: { prefix: rule.matches[0].path.value, headers: headersOf(rule).map(({ name, value }: Found) => exactly(name, value)) },
    route: weighted(rule.backendRefs.length === 1
      ? [[`${rule.backendRefs[0].name}|`, 100]] : rule.backendRefs.map(({ name, weight }: Found) => [`${name}|`, weight])),
  }));
  return configuration(listen, httpRoute.spec.hostnames, routes, clustersOf(routing));
}

function headersOf({ matches = [] }: Found): Found[] {
  return matches.flatMap(({ headers = [] }: Found) => headers);
}

function exactly(name: string, value: string): object {
  return { name, string_match: { exact: value } };
}

function weighted(destinations: ReadonlyArray<readonly [string, number]>): object {
  return { weighted_clusters: { clusters: destinations.map(([name, weight]) => ({ name, weight })) } };
}

/** A cluster for each Service, and for each subset of one, whose pods are of one track. */
function clustersOf({ objects, portOf }: Routing): object[] {
  const services = objects.filter(({ kind }) => kind === 'Service').map(({ metadata, spec }) => [`${metadata.name}|`, spec.selector[TRACK]]);
  const subsets = objects.filter(({ kind }) => kind === 'DestinationRule').flatMap(({ spec }) => (spec.subsets ?? [])
    .map(({ name, labels }: Found) => [`${spec.host}|${name}`, labels[TRACK]]));
  return [...services, ...subsets].filter(([, track]) => track !== undefined).map(([name, track]) => cluster(name, portOf(track)));
}

function cluster(name: string, port: number): object {
  const address = { socket_address: { address: '127.0.0.1', port_value: port } };
  return {
    name,
    type: 'STATIC',
    connect_timeout: '5s',
    load_assignment: { cluster_name: name, endpoints: [{ lb_endpoints: [{ endpoint: { address } }] }] },
  };
}

function configuration(listen: number, domains: readonly string[], routes: readonly object[], clusters: readonly object[]): object {
  const manager = {
    '@type': 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
    'stat_prefix': 'in',
    'route_config': { virtual_hosts: [{ name: 'service', domains, routes }] },
    'http_filters': [{ name: 'envoy.filters.http.router', typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router' } }],
  };
  return {
    static_resources: {
      listeners: [{
        address: { socket_address: { address: '127.0.0.1', port_value: listen } },
        filter_chains: [{ filters: [{ name: 'envoy.filters.network.http_connection_manager', typed_config: manager }] }],
      }],
      clusters,
    },
  };
}
