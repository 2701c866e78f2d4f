import { Duration } from 'cdk8s';
import { Health, IstioRetries, KubernetesVersion, Protocol, Replicas, Rollout, Spread, Traffic, TrafficDistribution } from 'zero-downtime';
import { canaryOf, flagger, GATEWAY, ISTIO, NGINX, type Props, specOf } from './flagger';
import { synthesize } from '../../synthesized';

const through = (traffic: Traffic, props: Props = {}) => specOf(canaryOf({}, { traffic: [traffic], ...props }));
const blueGreen = (props: Props = {}) => specOf(synthesize({ rollout: Rollout.blueGreen({ engine: flagger() }), ...props }));

test('the Canary has the name of the Deployment that it releases', () => {
  const { metadata, spec } = canaryOf().find('Canary');
  expect(metadata).toMatchObject({ name: 'payments', namespace: 'shop' });
  expect(spec.targetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'payments' });
});

test('analysis is never skipped, and a Canary that is removed leaves a Deployment that serves', () => {
  expect(specOf(canaryOf())).toMatchObject({ skipAnalysis: false, revertOnDeletion: true });
});

test('pods have as long to become ready as the Deployment gives them', () => {
  const synthesized = canaryOf({}, { overrides: { progressDeadline: Duration.seconds(1234) } });
  expect(synthesized.deployment.spec.progressDeadlineSeconds).toBe(1234);
  expect(specOf(synthesized).progressDeadlineSeconds).toBe(1234);
});

describe('the provider', () => {
  test.each([['istio', ISTIO], ['nginx', NGINX], ['gatewayapi:v1', GATEWAY]])('is %s', (provider, traffic) => {
    expect(through(traffic).provider).toBe(provider);
  });

  test('is Kubernetes where nothing splits traffic', () => {
    expect(blueGreen().provider).toBe('kubernetes');
  });
});

describe('the Services that Flagger makes', () => {
  test('have the port of the service, by the name that the pods give it', () => {
    const { service } = specOf(canaryOf({}, { servicePort: 8080 }));
    expect(service).toMatchObject({ port: 8080, portName: 'http', targetPort: 'http', appProtocol: 'http', portDiscovery: false });
  });

  test('speak the protocol of the service', () => {
    const { service } = through(ISTIO, { protocol: Protocol.GRPC, health: Health.grpc() });
    expect(service).toMatchObject({ portName: 'grpc', targetPort: 'grpc', appProtocol: 'kubernetes.io/h2c' });
  });

  test('prefer pods nearby where that is declared', () => {
    const near = Traffic.clusterInternal({ distribution: TrafficDistribution.SAME_ZONE });
    const { service } = blueGreen({
      traffic: [near], kubernetesVersion: KubernetesVersion.of('1.34'), replicas: Replicas.fixed(4), spread: Spread.preferred({ zones: 2 }),
    });
    expect(service.trafficDistribution).toBe('PreferSameZone');
    expect(blueGreen().service).not.toHaveProperty('trafficDistribution');
  });

  test('carry the labels of the service', () => {
    expect(specOf(canaryOf({}, { labels: { team: 'pay' } })).service.apex.labels).toMatchObject({ 'team': 'pay', 'app.kubernetes.io/managed-by': 'zero-downtime' });
  });
});

describe('through Istio', () => {
  test('requests come from the gateways, and still from inside the mesh', () => {
    expect(through(ISTIO).service).toMatchObject({ hosts: ['pay.example.com'], gateways: ['mesh', 'istio-system/public'] });
  });

  test('without gateways all of them come from inside the mesh', () => {
    const { service } = through(Traffic.istio());
    expect(service).not.toHaveProperty('gateways');
    expect(service).not.toHaveProperty('hosts');
  });

  test('routes and connections are what they are in a rolling release', () => {
    const traffic = [Traffic.istio({ retries: IstioRetries.none(), timeout: Duration.seconds(45), outlierEjection: { maxEjectionPercent: 10 } })];
    const rolling = synthesize({ traffic });
    const [route] = rolling.find('VirtualService').spec.http;
    const { service } = specOf(canaryOf({}, { traffic }));
    expect(service).toMatchObject({ timeout: '45s', retries: { attempts: 0 }, trafficPolicy: rolling.find('DestinationRule').spec.trafficPolicy });
    expect([service.timeout, service.retries]).toEqual([route.timeout, route.retries]);
  });

  test('declared retries are kept to the word', () => {
    const traffic = [Traffic.istio()];
    expect(specOf(canaryOf({}, { traffic })).service.retries).toEqual(synthesize({ traffic }).find('VirtualService').spec.http[0].retries);
  });
});

describe('through the Gateway API', () => {
  test('the route hangs on the declared gateways', () => {
    expect(through(GATEWAY).service).toMatchObject({
      gatewayRefs: [{ name: 'public', namespace: 'infra', sectionName: 'https' }], hosts: ['pay.example.com'], match: [{ uri: { prefix: '/pay' } }],
    });
  });

  test('the time for a request is what it is in a rolling release', () => {
    const [rule] = synthesize({ traffic: [GATEWAY] }).find('HTTPRoute').spec.rules;
    expect(through(GATEWAY).service.timeout).toBe(rule.timeouts.request);
  });

  test('streams have no time that ends them, which Flagger must be told of a release by header', () => {
    const props = { traffic: [GATEWAY], maxConnectionAge: Duration.minutes(5) };
    expect(specOf(canaryOf({}, props)).service).not.toHaveProperty('timeout');
    const rollout = Rollout.abTest({ header: { name: 'x-canary', value: 'true' }, engine: flagger() });
    expect(specOf(canaryOf({}, { ...props, rollout })).service.timeout).toBe('0s');
  });

  test('there is nothing of Istio', () => {
    for (const field of ['gateways', 'retries', 'trafficPolicy']) {
      expect(through(GATEWAY).service).not.toHaveProperty(field);
    }
  });
});

describe('through ingress-nginx', () => {
  test('Flagger copies the Ingress that is written, whose backend is the Service that it makes', () => {
    const synthesized = canaryOf({}, { traffic: [NGINX] });
    const { metadata, spec } = synthesized.find('Ingress');
    expect(specOf(synthesized).ingressRef).toEqual({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: metadata.name });
    expect(spec.rules[0].http.paths[0].backend.service).toEqual({ name: 'payments', port: { name: 'http' } });
    expect(Object.keys(metadata.annotations).filter((name) => name.includes('canary'))).toEqual([]);
  });

  test('no other provider has an Ingress to copy', () => {
    expect(through(ISTIO)).not.toHaveProperty('ingressRef');
  });
});
