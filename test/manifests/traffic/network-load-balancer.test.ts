import { Duration } from 'cdk8s';
import { Health, LoadBalancerScheme, NetworkLoadBalancerOptions, Probe, Protocol, Risk, Traffic, ZeroDowntimeServiceProps } from 'zero-downtime';
import { synthesize } from '../synthesized';

const PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';
const ARN = 'arn:aws:acm:eu-west-1:111122223333:certificate/abc';

function serviceOf(options: NetworkLoadBalancerOptions = {}, props: Partial<ZeroDowntimeServiceProps> = {}) {
  return synthesize({ traffic: [Traffic.networkLoadBalancer(options)], nodeDrainTimeout: Duration.minutes(30), ...props })
    .find('Service', 'payments-nlb');
}

function settingsOf(options: NetworkLoadBalancerOptions = {}, props: Partial<ZeroDowntimeServiceProps> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries<string>(serviceOf(options, props).metadata.annotations)
    .filter(([key]) => key.startsWith(PREFIX)).map(([key, value]) => [key.slice(PREFIX.length), value]));
}

describe('by default', () => {
  test('it is an internal load balancer whose targets are pods, asked at the readiness path', () => {
    expect(settingsOf()).toEqual({
      'nlb-target-type': 'ip',
      'scheme': 'internal',
      'target-group-attributes': 'deregistration_delay.timeout_seconds=30,deregistration_delay.connection_termination.enabled=false',
      'healthcheck-protocol': 'http',
      'healthcheck-path': '/ready',
      'healthcheck-interval': '10',
      'healthcheck-timeout': '5',
      'healthcheck-healthy-threshold': '2',
      'healthcheck-unhealthy-threshold': '2',
      'healthcheck-success-codes': '200-399',
    });
  });

  test('it is a Service of its own, of the controller\'s class and without ports on nodes', () => {
    expect(serviceOf().spec).toEqual({
      type: 'LoadBalancer',
      loadBalancerClass: 'service.k8s.aws/nlb',
      allocateLoadBalancerNodePorts: false,
      selector: { 'app.kubernetes.io/name': 'payments' },
      ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' }],
    });
  });

  test('the Service for calls from inside stands beside it', () => {
    const { objects } = synthesize({ traffic: [Traffic.networkLoadBalancer()] });
    expect(objects.filter(({ kind }) => kind === 'Service').map(({ metadata, spec }) => [metadata.name, spec.type]))
      .toEqual([['payments', 'ClusterIP'], ['payments-nlb', 'LoadBalancer']]);
  });

  test('no DNS records are asked for', () => {
    expect(Object.keys(serviceOf().metadata.annotations).filter((key) => key.startsWith('external-dns'))).toEqual([]);
  });
});

describe('options', () => {
  test('it may face the internet and listen on another port', () => {
    expect(settingsOf({ scheme: LoadBalancerScheme.INTERNET_FACING }).scheme).toBe('internet-facing');
    expect(serviceOf({ port: 8883 }).spec.ports[0].port).toBe(8883);
  });

  test('with a certificate it ends TLS on port 443', () => {
    expect(settingsOf({ certificateArn: ARN })).toMatchObject({ 'ssl-cert': ARN, 'ssl-ports': '443' });
    expect(serviceOf({ certificateArn: ARN }).spec.ports[0].port).toBe(443);
  });

  test('with a certificate and a port it ends TLS on that port', () => {
    expect(settingsOf({ certificateArn: ARN, port: 8443 })['ssl-ports']).toBe('8443');
  });

  test('hosts have DNS records of a short life', () => {
    expect(serviceOf({ hosts: ['a.example.com', 'b.example.com'], dnsTtl: Duration.seconds(30) }).metadata.annotations).toMatchObject({
      'external-dns.alpha.kubernetes.io/hostname': 'a.example.com,b.example.com', 'external-dns.alpha.kubernetes.io/ttl': '30',
    });
  });

  test('a declared deregistration delay is written', () => {
    expect(settingsOf({ deregistrationDelay: Duration.seconds(100) })['target-group-attributes'])
      .toContain('deregistration_delay.timeout_seconds=100,');
  });

  test('further annotations are added', () => {
    const annotations = { [`${PREFIX}attributes`]: 'load_balancing.cross_zone.enabled=true' };
    expect(settingsOf({ annotations }).attributes).toBe('load_balancing.cross_zone.enabled=true');
  });

  test.each(['attributes', 'ip-address-type', 'internal-name', 'subnets'])('the annotation %s may be given', (key) => {
    expect(settingsOf({ annotations: { [`${PREFIX}${key}`]: 'x' } })).toMatchObject({ [key]: 'x' });
  });

  test.each(['type', 'internal', ...Object.keys(settingsOf({ certificateArn: ARN }))])('the annotation %s cannot be given beside the option', (key) => {
    expect(() => serviceOf({ annotations: { [`${PREFIX}${key}`]: 'x' } })).toThrow(/cannot be given, because the library decides it/);
  });
});

describe('health checks', () => {
  test('declared ones are written', () => {
    const healthCheck = { path: '/lb', interval: Duration.seconds(20), timeout: Duration.seconds(15), healthyThreshold: 3, unhealthyThreshold: 4 };
    expect(settingsOf({ healthCheck: { ...healthCheck, successCodes: '204' } })).toMatchObject({
      'healthcheck-path': '/lb',
      'healthcheck-interval': '20',
      'healthcheck-timeout': '15',
      'healthcheck-healthy-threshold': '3',
      'healthcheck-unhealthy-threshold': '4',
      'healthcheck-success-codes': '204',
    });
  });

  test('they ask the readiness probe\'s port where that is not the service\'s', () => {
    const health = Health.probes({ readiness: Probe.http('/ready', { port: 9000 }) });
    expect(settingsOf({}, { health })['healthcheck-port']).toBe('9000');
    expect(settingsOf()).not.toHaveProperty('healthcheck-port');
  });

  test('they speak TLS where the readiness probe does', () => {
    const health = Health.http({ readiness: '/ready', liveness: '/healthz', port: 8443, tls: true });
    expect(settingsOf({}, { health })['healthcheck-protocol']).toBe('https');
  });

  test.each<[string, Probe, string | undefined]>([
    ['a command', Probe.exec(['ready']), undefined],
    ['a connection to the service\'s port', Probe.tcp(), undefined],
    ['a connection to another port', Probe.tcp({ port: 9000 }), '9000'],
    ['a gRPC call to another port', Probe.grpc({ port: 9000 }), '9000'],
  ])('they connect where the readiness question is %s', (_, readiness, port) => {
    const health = Health.probes({ readiness, liveness: Probe.exec(['live']) });
    const settings = settingsOf({}, { health, accept: [Risk.connectOnlyReadiness('it speaks no HTTP')] });
    expect(settings).toMatchObject({ 'healthcheck-protocol': 'tcp' });
    expect([settings['healthcheck-port'], settings['healthcheck-path'], settings['healthcheck-success-codes']]).toEqual([port, undefined, undefined]);
  });

  test('they ask over HTTP where a path for it is declared', () => {
    const health = Health.probes({ readiness: Probe.exec(['ready']), liveness: Probe.exec(['live']) });
    expect(settingsOf({ healthCheck: { path: '/lb' } }, { health })).toMatchObject({ 'healthcheck-protocol': 'http', 'healthcheck-path': '/lb' });
  });

  test('they connect where the readiness question is one of gRPC, which a Network Load Balancer cannot ask', () => {
    const settings = settingsOf({}, { protocol: Protocol.GRPC, health: Health.grpc({ readiness: 'ready' }) });
    expect(settings['healthcheck-protocol']).toBe('tcp');
    expect(settings).not.toHaveProperty('healthcheck-path');
    expect(settings).not.toHaveProperty('healthcheck-success-codes');
  });
});
