import { IstioSplit } from 'zero-downtime';
import { blueGreen, canary, canaryOf, Released, WAYS } from './released';

const meshed = (released: Released = {}) => canary({}, released);
const HOSTS: Released = { argo: { istioSplit: IstioSplit.HOSTS } };
const labels = { 'app.kubernetes.io/name': 'payments' };

describe('subsets', () => {
  test('the Rollout names the route, the DestinationRule and both subsets', () => {
    expect(canaryOf(meshed()).trafficRouting.istio).toEqual({
      virtualService: { name: 'payments', routes: ['primary'] },
      destinationRule: { name: 'payments', stableSubsetName: 'stable', canarySubsetName: 'canary' },
    });
  });

  test('the DestinationRule has both, with the labels of all pods until Argo Rollouts adds the hash', () => {
    const { spec } = meshed().find('DestinationRule');
    expect(spec.host).toBe('payments');
    expect(spec.subsets).toEqual([{ name: 'stable', labels }, { name: 'canary', labels }]);
    expect(spec.trafficPolicy.connectionPool.http.idleTimeout).toBe('60s');
  });

  test('the VirtualService leads everything to the stable one, by the same Service', () => {
    const port = { number: 80 };
    expect(meshed().find('VirtualService').spec.http).toEqual([expect.objectContaining({
      name: 'primary',
      route: [
        { destination: { host: 'payments', subset: 'stable', port }, weight: 100 },
        { destination: { host: 'payments', subset: 'canary', port }, weight: 0 },
      ],
      retries: expect.objectContaining({ attempts: 2 }),
    })]);
  });

  test('the DestinationRule stands before the VirtualService, and both before the Rollout', () => {
    const kinds = meshed().kinds.filter((kind) => ['DestinationRule', 'VirtualService', 'Rollout'].includes(kind));
    expect(kinds).toEqual(['DestinationRule', 'VirtualService', 'Rollout']);
  });
});

describe('hosts', () => {
  test('the Rollout names the route alone', () => {
    expect(canaryOf(meshed(HOSTS)).trafficRouting.istio).toEqual({ virtualService: { name: 'payments', routes: ['primary'] } });
  });

  test('each Service that is routed to has the traffic policy', () => {
    const rules = meshed(HOSTS).objects.filter(({ kind }) => kind === 'DestinationRule');
    expect(rules.map(({ metadata, spec }) => [metadata.name, spec.host])).toEqual([['payments-stable', 'payments-stable'], ['payments-canary', 'payments-canary']]);
    rules.forEach(({ spec }) => {
      expect(spec).not.toHaveProperty('subsets');
      expect(spec.trafficPolicy.outlierDetection).toEqual(meshed().find('DestinationRule').spec.trafficPolicy.outlierDetection);
    });
  });

  test('the VirtualService leads everything to the stable Service', () => {
    const [{ route }] = meshed(HOSTS).find('VirtualService').spec.http;
    expect(route.map(({ destination, weight }: any) => [destination.host, weight])).toEqual([['payments-stable', 100], ['payments-canary', 0]]);
  });

  test('the Service of all pods stays, for calls from outside the mesh and so that none of its proxies loses its listener', () => {
    expect(meshed(HOSTS).find('Service', 'payments').spec.selector).toEqual(labels);
  });
});

test('a blue-green release changes the pods behind the Service, and no route', () => {
  const synthesized = blueGreen({}, { traffic: [WAYS.istio()] });
  expect(synthesized.find('VirtualService').spec.http[0].route).toEqual([{ destination: { host: 'payments', port: { number: 80 } } }]);
  expect(synthesized.find('DestinationRule').spec).not.toHaveProperty('subsets');
});
