import { Testing } from 'cdk8s';
import { Health, NetworkPeer, Protocol, Replicas, Traffic, ZeroDowntimeServiceProps } from 'zero-downtime';
import { serviceIn, temporaryChart } from './apps';

const everything: Partial<ZeroDowntimeServiceProps> = {
  replicas: Replicas.autoscaled({ min: 2, max: 4 }),
  allowFrom: [NetworkPeer.sameNamespace()],
  config: { A: '1' },
  configMaps: { rules: { a: '1' } },
  traffic: [
    Traffic.ingressNginx({ hosts: ['n.example.com'] }), Traffic.httpRoute({ gateways: [{ name: 'public' }] }), Traffic.istio(),
    Traffic.networkLoadBalancer(), Traffic.awsLoadBalancer(), Traffic.clusterInternal(),
  ],
};

function kindsOf(props: Partial<ZeroDowntimeServiceProps>): string[] {
  const chart = temporaryChart();
  const service = serviceIn(chart, 'payments', props);
  const kinds = Testing.synth(chart).map(({ kind }) => kind);
  expect(service.objects.map(({ kind }) => kind)).toEqual(kinds);
  return kinds;
}

test('the account and the ConfigMaps come first, and the autoscaler last', () => {
  const kinds = kindsOf(everything);
  expect(kinds.slice(0, 3)).toEqual(['ServiceAccount', 'ConfigMap', 'ConfigMap']);
  expect(kinds.slice(-3)).toEqual(['PodDisruptionBudget', 'Deployment', 'HorizontalPodAutoscaler']);
});

test('everything that leads to pods stands before them, so that readiness gates are injected', () => {
  const kinds = kindsOf(everything);
  const deployment = kinds.indexOf('Deployment');
  for (const kind of ['Service', 'Ingress', 'VirtualService', 'DestinationRule', 'HTTPRoute', 'NetworkPolicy', 'PodDisruptionBudget']) {
    expect(kinds.indexOf(kind)).toBeGreaterThanOrEqual(0);
    expect(kinds.lastIndexOf(kind)).toBeLessThan(deployment);
  }
});

test.each([0, 1, 2, 3, 4, 5])('the Service for calls from inside stands before all that leads to it, wherever it is declared (%d)', (at) => {
  const [clusterInternal, ...others] = [...everything.traffic!].reverse();
  const service = serviceIn(temporaryChart(), 'payments', { ...everything, traffic: [...others.slice(0, at), clusterInternal, ...others.slice(at)] });
  const [first, ...rest] = service.objects.filter((object) => object === service.service || service.trafficObjects.includes(object));
  expect([first.name, first.toJson().spec.type]).toEqual(['payments', 'ClusterIP']);
  expect(rest).toHaveLength(6);
});

test('the other paths keep the order in which they are declared', () => {
  const traffic = [Traffic.networkLoadBalancer(), Traffic.ingressNginx({ hosts: ['n.example.com'] }), Traffic.clusterInternal(), Traffic.awsLoadBalancer()];
  expect(serviceIn(temporaryChart(), 'payments', { traffic }).trafficObjects.map(({ name }) => name)).toEqual(['payments-nlb', 'payments-nginx', 'payments-alb']);
});

test('the DestinationRule stands before the VirtualService', () => {
  const kinds = kindsOf({ traffic: [Traffic.istio()] });
  expect(kinds.indexOf('DestinationRule')).toBeLessThan(kinds.indexOf('VirtualService'));
});

test('a GRPCRoute stands before the pods too', () => {
  const kinds = kindsOf({
    protocol: Protocol.GRPC, health: Health.grpc({ readiness: 'ready' }), traffic: [Traffic.grpcRoute({ gateways: [{ name: 'public' }] })],
  });
  expect(kinds.indexOf('GRPCRoute')).toBeLessThan(kinds.indexOf('Deployment'));
});

test('the order is the same at every synthesis', () => {
  expect(kindsOf(everything)).toEqual(kindsOf(everything));
});

test('two services of a chart keep their own order, one behind the other', () => {
  const chart = temporaryChart();
  const services = ['orders', 'payments'].map((id) => serviceIn(chart, id, everything));
  const paths = services.flatMap(({ objects }) => objects.map(({ kind, name }) => `${kind}/${name}`));
  expect(Testing.synth(chart).map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual(paths);
});
