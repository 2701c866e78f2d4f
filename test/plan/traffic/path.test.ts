import { Traffic } from '../../../src/spec/traffic/traffic';
import { assumed, problemsOf, Props, seconds } from '../declare';

const GATEWAYS = [{ name: 'public' }];
type Propagated = { readonly propagation?: ReturnType<typeof seconds> };

describe.each<[string, number, (options: Propagated) => Traffic, string, Props]>([
  ['clusterInternal', 10, (options) => Traffic.clusterInternal(options),
    'kube-proxy: 1.2s at most measured on one node (minSyncPeriod 1s), 5 to 10s are engineering judgement', {}],
  ['awsLoadBalancer', 60, (options) => Traffic.awsLoadBalancer(options),
    'AWS states no bound; users lose requests with 5s and none with 25 to 70s (aws-load-balancer-controller issues 1064, 2106); '
    + '30 to 60s are engineering judgement', {}],
  ['networkLoadBalancer', 180, (options) => Traffic.networkLoadBalancer(options),
    '2 to 3 minutes at any deregistration delay, by users and AWS support (aws-load-balancer-controller issues 2366, 3270)', {}],
  ['istio', 15, (options) => Traffic.istio(options),
    'changes are gathered for up to 10s (PILOT_DEBOUNCE_MAX); 5s for the push are engineering judgement', {}],
  ['ingressNginx', 10, (options) => Traffic.ingressNginx({ hosts: ['a.example'], ...options }),
    'the controller syncs every 3.3s at most and its balancer reads endpoints every second; the rest is engineering judgement', {}],
  ['httpRoute', 30, (options) => Traffic.httpRoute({ gateways: GATEWAYS, ...options }),
    'no implementation publishes a bound; engineering judgement for a proxy inside the cluster', {}],
  ['grpcRoute', 30, (options) => Traffic.grpcRoute({ gateways: GATEWAYS, ...options }),
    'no implementation publishes a bound; engineering judgement for a proxy inside the cluster', { protocol: 'GRPC' as never }],
])('%s.propagation', (path, fallback, traffic, source, props) => {
  const name = `${path}.propagation`;

  test(`is assumed to be ${fallback} seconds, with its source`, () => {
    expect(assumed(name, { ...props, traffic: [traffic({})] })).toEqual({ name, value: fallback, unit: 's', origin: 'default', source });
  });

  test.each([0, 1, 3600])('may be declared as %d seconds', (amount) => {
    const given = { ...props, traffic: [traffic({ propagation: seconds(amount) })], nodeDrainTimeout: seconds(86_400) };
    expect(problemsOf(given)).toEqual([]);
    expect(assumed(name, given)).toMatchObject({ value: amount, origin: 'declared' });
  });

  test('is refused above one hour', () => {
    expect(problemsOf({ ...props, traffic: [traffic({ propagation: seconds(3601) })] })).toEqual([`${name} 3601s must be from 0s to 3600s`]);
  });
});
