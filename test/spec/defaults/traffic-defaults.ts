import { containerOf, expectDefault, objectOf, Proofs } from './proof';
import { Health } from '../../../src/spec/health';
import { Protocol } from '../../../src/spec/protocol';
import { ClusterInternalOptions, TrafficDistribution } from '../../../src/spec/traffic/cluster-internal';
import { HttpRouteOptions } from '../../../src/spec/traffic/gateway-api';
import { IngressNginxOptions } from '../../../src/spec/traffic/ingress-nginx';
import { IstioOptions, IstioRetries, IstioSidecar, OutlierEjectionOptions } from '../../../src/spec/traffic/istio';
import { Traffic } from '../../../src/spec/traffic/traffic';
import { Props, seconds, valueOf } from '../../plan/declare';

const internal = (options: ClusterInternalOptions = {}): Props => ({ traffic: [Traffic.clusterInternal(options)] });
const istio = (options: IstioOptions = {}): Props => ({ traffic: [Traffic.istio(options)] });
const ejecting = (outlierEjection: OutlierEjectionOptions): Props => istio({ outlierEjection });
const nginx = (options: Partial<IngressNginxOptions> = {}): Props => ({ traffic: [Traffic.ingressNginx({ hosts: ['a.example'], ...options })] });
const route = (options: Partial<HttpRouteOptions> = {}): Props => ({ traffic: [Traffic.httpRoute({ gateways: [{ name: 'public' }], ...options })] });
const virtualService = (props: Props) => objectOf('VirtualService', props).spec;
const outliers = () => objectOf('DestinationRule', istio()).spec.trafficPolicy.outlierDetection;
const keepAlive = (props: Props) => valueOf('keepAliveTimeout', props);

/** How Istio leads to the pods. */
const ISTIO_PROOFS: Proofs = {
  'RetryOptions.attempts': () => expect(IstioRetries.safe().attempts).toBe(2),
  'RetryOptions.perTryTimeout': () => expect(valueOf('istio.perTryTimeout', { ...istio(), longestRequest: seconds(77) })).toBe(82),
  'OutlierEjectionOptions.consecutiveErrors': () => {
    expectDefault(ejecting({}), ejecting({ consecutiveErrors: 5 }), ejecting({ consecutiveErrors: 6 }));
    expect(outliers().consecutive5xxErrors).toBe(5);
  },
  'OutlierEjectionOptions.interval': () => {
    expectDefault(ejecting({}), ejecting({ interval: seconds(10) }), ejecting({ interval: seconds(11) }));
    expect(outliers().interval).toBe('10s');
  },
  'OutlierEjectionOptions.baseEjectionTime': () => {
    expectDefault(ejecting({}), ejecting({ baseEjectionTime: seconds(30) }), ejecting({ baseEjectionTime: seconds(31) }));
    expect(outliers().baseEjectionTime).toBe('30s');
  },
  'OutlierEjectionOptions.maxEjectionPercent': () => expect(outliers().maxEjectionPercent).toBe(50),
  'IstioOptions.hosts': () => expect(virtualService(istio()).hosts).toEqual(['payments']),
  'IstioOptions.gateways': () => expect(virtualService(istio())).not.toHaveProperty('gateways'),
  'IstioOptions.timeout': () => expect(virtualService(istio()).http[0].timeout).toBe('106s'),
  'IstioOptions.retries': () => expectDefault(istio(), istio({ retries: IstioRetries.safe() }), istio({ retries: IstioRetries.none() })),
  'IstioOptions.outlierEjection': () => expectDefault(istio(), ejecting({}), ejecting({ maxEjectionPercent: 0 })),
  'IstioOptions.idleTimeout': () => {
    expect(valueOf('istio.idleTimeout', istio())).toBe(60);
    expect(valueOf('istio.idleTimeout', { ...istio(), keepAliveTimeout: seconds(30) })).toBe(25);
  },
  'IstioOptions.sidecar': () => expectDefault(istio(), istio({ sidecar: IstioSidecar.ANY }), istio({ sidecar: IstioSidecar.NATIVE })),
  'IstioOptions.terminationDrainDuration': () => expect(valueOf('istio.terminationDrainDuration', istio())).toBe(15 + 30),
  'IstioOptions.drainDuration': () => {
    expect(valueOf('istio.drainDuration', { ...istio(), longestRequest: seconds(1) })).toBe(45);
    expect(valueOf('istio.drainDuration', { ...istio(), longestRequest: seconds(100) })).toBe(115);
  },
  'IstioOptions.propagation': () => expectDefault(istio(), istio({ propagation: seconds(15) }), istio({ propagation: seconds(16) })),
};

/** How the other ways lead to the pods. */
export const TRAFFIC_PROOFS: Proofs = {
  ...ISTIO_PROOFS,
  'ClusterInternalOptions.distribution': () => {
    expectDefault(internal(), internal({ distribution: TrafficDistribution.ANY }), istio());
    expect(objectOf('Service').spec).not.toHaveProperty('trafficDistribution');
  },
  'ClusterInternalOptions.clientIpAffinity': () => expect(objectOf('Service').spec).not.toHaveProperty('sessionAffinity'),
  'ClusterInternalOptions.propagation': () =>
    expectDefault(internal(), internal({ propagation: seconds(10) }), internal({ propagation: seconds(11) })),
  'GatewayReference.namespace': () => expect(objectOf('HTTPRoute', route()).spec.parentRefs).toEqual([{ name: 'public' }]),
  'GatewayReference.sectionName': () => expect(objectOf('HTTPRoute', route()).spec.parentRefs[0]).not.toHaveProperty('sectionName'),
  'RouteOptions.hosts': () => expect(objectOf('HTTPRoute', route()).spec).not.toHaveProperty('hostnames'),
  'RouteOptions.propagation': () => {
    expectDefault(route(), route({ propagation: seconds(30) }), route({ propagation: seconds(31) }));
    const grpc = { protocol: Protocol.GRPC, health: Health.grpc(), traffic: [Traffic.grpcRoute({ gateways: [{ name: 'public' }] })] };
    expect(valueOf('preStop', grpc)).toBe(30);
  },
  'RouteOptions.upstreamIdleTimeout': () => {
    expectDefault(route(), route({ upstreamIdleTimeout: seconds(60) }), route({ upstreamIdleTimeout: seconds(61) }));
    expect(keepAlive(route())).toBe(65);
  },
  'HttpRouteOptions.path': () => expect(objectOf('HTTPRoute', route()).spec.rules[0].matches).toEqual([{ path: { type: 'PathPrefix', value: '/' } }]),
  'HttpRouteOptions.requestTimeout': () => {
    expect(valueOf('httpRoute.requestTimeout', route())).toBe(60);
    expect(valueOf('httpRoute.requestTimeout', { ...route(), longestRequest: seconds(100) })).toBe(105);
    expect(objectOf('HTTPRoute', { ...route(), maxConnectionAge: seconds(100) }).spec.rules[0]).not.toHaveProperty('timeouts');
  },
  'IngressNginxOptions.path': () => expectDefault(nginx(), nginx({ path: '/' }), nginx({ path: '/pay' })),
  'IngressNginxOptions.tlsSecret': () => expect(objectOf('Ingress', nginx()).spec).not.toHaveProperty('tls'),
  'IngressNginxOptions.ingressClassName': () => expect(objectOf('Ingress', nginx()).spec.ingressClassName).toBe('nginx'),
  'IngressNginxOptions.readTimeout': () => {
    expect(valueOf('ingressNginx.readTimeout', nginx())).toBe(60);
    expect(valueOf('ingressNginx.readTimeout', { ...nginx(), longestRequest: seconds(100) })).toBe(105);
  },
  'IngressNginxOptions.upstreamKeepaliveTimeout': () => {
    expectDefault(nginx(), nginx({ upstreamKeepaliveTimeout: seconds(60) }), nginx({ upstreamKeepaliveTimeout: seconds(61) }));
    expect(containerOf(nginx()).env).toContainEqual({ name: 'ZERO_DOWNTIME_KEEP_ALIVE_SECONDS', value: '65' });
  },
  'IngressNginxOptions.dnsTtl': () => expectDefault(nginx(), nginx({ dnsTtl: seconds(60) }), nginx({ dnsTtl: seconds(59) })),
  'IngressNginxOptions.propagation': () => expectDefault(nginx(), nginx({ propagation: seconds(10) }), nginx({ propagation: seconds(11) })),
  'IngressNginxOptions.annotations': () =>
    expectDefault(nginx(), nginx({ annotations: {} }), nginx({ annotations: { 'example.com/owner': 'shop' } })),
};
