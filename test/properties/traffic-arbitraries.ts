import * as fc from 'fast-check';
import { HttpRouteOptions, IngressNginxOptions, Protocol, RouteOptions, Traffic, TrafficDistribution } from 'zero-downtime';
import { awsLoadBalancer, networkLoadBalancer } from './aws-arbitraries';
import { istio } from './istio-arbitraries';
import { annotations, dnsLabels, maybe, pathPrefixes } from './text-arbitraries';
import { above, Behind, DeclaredTraffic, durations, hostLists, MARGIN, orDefault, propagations, slacks, TLS_SECRET } from './traffic-bounds';

const clusterInternal = fc.record({
  distribution: maybe(fc.constantFrom(TrafficDistribution.ANY, TrafficDistribution.SAME_ZONE)),
  clientIpAffinity: maybe(durations(1, 86_400)),
  propagation: propagations,
}).map(({ distribution, ...rest }) => ({ canKeepZone }: Behind): DeclaredTraffic => ({
  traffic: () => Traffic.clusterInternal({ ...rest, distribution: canKeepZone ? distribution : undefined }),
  propagation: orDefault(rest.propagation, 10),
  idleTimeout: 0,
  deregistrationDelay: 0,
}));

/** The controller speaks gRPC to clients over TLS only. */
const ingressNginx = fc.record({
  hosts: hostLists,
  path: maybe(pathPrefixes),
  tlsSecret: fc.constantFrom(undefined, TLS_SECRET),
  ingressClassName: fc.constantFrom(undefined, 'nginx-internal'),
  readSlack: slacks,
  upstreamKeepaliveTimeout: maybe(durations(1, 300)),
  dnsTtl: maybe(durations(1, 60)),
  propagation: propagations,
  annotations: maybe(annotations),
}).map(({ readSlack, tlsSecret, ...rest }) => ({ longest, protocol }: Behind): DeclaredTraffic => {
  const options: IngressNginxOptions = {
    ...rest, tlsSecret: protocol === Protocol.GRPC ? TLS_SECRET : tlsSecret, readTimeout: above(readSlack, longest + MARGIN),
  };
  return {
    traffic: () => Traffic.ingressNginx(options),
    propagation: orDefault(options.propagation, 10),
    idleTimeout: orDefault(options.upstreamKeepaliveTimeout, 60),
    deregistrationDelay: 0,
  };
});

const gateways = fc.array(
  fc.record({ name: dnsLabels(20), namespace: maybe(dnsLabels(20)), sectionName: maybe(dnsLabels(20)) }),
  { minLength: 1, maxLength: 3 });
const routeOptions = { gateways, hosts: maybe(hostLists), propagation: propagations, upstreamIdleTimeout: maybe(durations(1, 300)) };

const httpRoute = fc.record({ ...routeOptions, path: maybe(pathPrefixes), requestSlack: slacks })
  .map(({ requestSlack, ...rest }) => ({ longest }: Behind): DeclaredTraffic => {
    const options: HttpRouteOptions = { ...rest, requestTimeout: above(requestSlack, longest + MARGIN) };
    return { traffic: () => Traffic.httpRoute(options), ...boundsOf(options) };
  });

const grpcRoute = fc.record(routeOptions)
  .map((options) => (): DeclaredTraffic => ({ traffic: () => Traffic.grpcRoute(options), ...boundsOf(options) }));

function boundsOf(options: RouteOptions) {
  return { propagation: orDefault(options.propagation, 30), idleTimeout: orDefault(options.upstreamIdleTimeout, 60), deregistrationDelay: 0 };
}

/** Any set of ways in, each at most once, once it is known what is behind them: only some can reach a program that speaks HTTP/2 or gRPC. */
export const traffics: fc.Arbitrary<(behind: Behind) => DeclaredTraffic[]> = fc.record({
  clusterInternal: maybe(clusterInternal),
  awsLoadBalancer: maybe(awsLoadBalancer),
  networkLoadBalancer: maybe(networkLoadBalancer),
  istio: maybe(istio),
  ingressNginx: maybe(ingressNginx),
  httpRoute: maybe(httpRoute),
  grpcRoute: maybe(grpcRoute),
}).map(({ ingressNginx: overHttp1, grpcRoute: overGrpc, ...others }) => (behind: Behind) => [
  ...Object.values(others),
  behind.protocol === Protocol.HTTP2 ? undefined : overHttp1,
  behind.protocol === Protocol.GRPC ? overGrpc : undefined,
].filter((way) => way !== undefined).map((way) => way(behind)));
