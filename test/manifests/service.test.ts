import { Duration } from 'cdk8s';
import { KubernetesVersion, Protocol, Replicas, Risk, Spread, Traffic, TrafficDistribution } from 'zero-downtime';
import { synthesize } from './synthesized';

const AFFINITY = { accept: [Risk.sessionAffinity('uploads come in parts')] };
const sameZone = (kubernetesVersion: KubernetesVersion) => synthesize({
  kubernetesVersion,
  replicas: Replicas.fixed(6),
  spread: Spread.preferred({ zones: 3 }),
  traffic: [Traffic.clusterInternal({ distribution: TrafficDistribution.SAME_ZONE })],
}).find('Service').spec;

test('it leads inside the cluster to the service\'s pods', () => {
  const { metadata, spec } = synthesize().find('Service');
  expect(metadata).toMatchObject({ name: 'payments', namespace: 'shop' });
  expect(metadata).not.toHaveProperty('annotations');
  expect(spec).toEqual({
    type: 'ClusterIP',
    selector: { 'app.kubernetes.io/name': 'payments' },
    ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' }],
  });
});

test('pods that are not ready are never published', () => {
  expect(synthesize().find('Service').spec).not.toHaveProperty('publishNotReadyAddresses');
});

test.each([
  [Protocol.HTTP, 'http', 'http'], [Protocol.HTTP2, 'http2', 'kubernetes.io/h2c'], [Protocol.GRPC, 'grpc', 'kubernetes.io/h2c'],
])('for %s its port is named %s', (protocol, name, appProtocol) => {
  expect(synthesize({ protocol }).find('Service').spec.ports).toEqual([{ name, port: 80, targetPort: name, protocol: 'TCP', appProtocol }]);
});

test.each([[Protocol.HTTP, 'http'], [Protocol.HTTP2, 'kubernetes.io/h2c'], [Protocol.GRPC, 'kubernetes.io/h2c']])(
  'a Network Load Balancer\'s Service says of %s the same', (protocol, appProtocol) => {
    const { spec } = synthesize({ protocol, traffic: [Traffic.networkLoadBalancer()] }).find('Service', 'payments-nlb');
    expect(spec.ports[0].appProtocol).toBe(appProtocol);
  });

test('it reaches the container by the port\'s name, so that old and new pods may differ in its number', () => {
  const synthesized = synthesize({ port: 8080, servicePort: 8443 });
  expect(synthesized.container.ports).toEqual([{ name: 'http', containerPort: 8080, protocol: 'TCP' }]);
  expect(synthesized.find('Service').spec.ports[0]).toMatchObject({ port: 8443, targetPort: 'http' });
});

test('an affinity holds a client to a pod for as long as declared', () => {
  const traffic = [Traffic.clusterInternal({ clientIpAffinity: Duration.minutes(10) })];
  expect(synthesize({ traffic, ...AFFINITY }).find('Service').spec).toMatchObject({
    sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 600 } },
  });
});

test('there is one Service whether or not calls from inside are declared', () => {
  expect(synthesize({ traffic: [Traffic.clusterInternal()] }).objects).toEqual(synthesize().objects);
});

describe('traffic to the same zone', () => {
  test('is preferred from Kubernetes 1.31', () => {
    expect(sameZone(KubernetesVersion.V1_31).trafficDistribution).toBe('PreferClose');
    expect(sameZone(KubernetesVersion.V1_33).trafficDistribution).toBe('PreferClose');
    expect(sameZone(KubernetesVersion.V1_34).trafficDistribution).toBe('PreferSameZone');
  });

  test('is refused below it', () => {
    expect(() => sameZone(KubernetesVersion.V1_30)).toThrow('clusterInternal.distribution SAME_ZONE needs kubernetesVersion 1.31 or later, not 1.30');
  });

  test('is not asked for by default', () => {
    expect(synthesize({ kubernetesVersion: KubernetesVersion.V1_36 }).find('Service').spec).not.toHaveProperty('trafficDistribution');
  });
});
