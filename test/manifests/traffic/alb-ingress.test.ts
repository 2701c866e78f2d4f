import { Duration } from 'cdk8s';
import {
  AwsLoadBalancerOptions, Health, LoadBalancerScheme, Probe, Protocol, Risk, Traffic, ZeroDowntimeServiceProps,
} from 'zero-downtime';
import { MINIMAL, synthesize } from '../synthesized';

const PREFIX = 'alb.ingress.kubernetes.io/';
const ARN = 'arn:aws:acm:eu-west-1:111122223333:certificate/abc';
const NO_PREFIX = 'must start with \'/\' and be a plain prefix of at most 1024 characters, without \'//\', \'/./\', \'/../\', \'%2F\', a lone \'%\', query or white space';

function ingressOf(options: AwsLoadBalancerOptions = {}, props: Partial<ZeroDowntimeServiceProps> = {}) {
  return synthesize({ traffic: [Traffic.awsLoadBalancer(options)], ...props }).find('Ingress');
}

/** The load balancer controller's annotations without their prefix. */
function settingsOf(options: AwsLoadBalancerOptions = {}, props: Partial<ZeroDowntimeServiceProps> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries<string>(ingressOf(options, props).metadata.annotations)
    .filter(([key]) => key.startsWith(PREFIX)).map(([key, value]) => [key.slice(PREFIX.length), value]));
}

describe('by default', () => {
  test('it is an internal load balancer whose targets are pods, asked at the readiness path', () => {
    expect(settingsOf()).toEqual({
      'scheme': 'internal',
      'target-type': 'ip',
      'load-balancer-attributes': 'idle_timeout.timeout_seconds=60',
      'target-group-attributes': 'deregistration_delay.timeout_seconds=30',
      'healthcheck-path': '/ready',
      'healthcheck-interval-seconds': '10',
      'healthcheck-timeout-seconds': '5',
      'healthy-threshold-count': '2',
      'unhealthy-threshold-count': '2',
      'success-codes': '200-399',
    });
  });

  test('every host and path leads to the service\'s port', () => {
    const { apiVersion, metadata, spec } = ingressOf();
    expect(apiVersion).toBe('networking.k8s.io/v1');
    expect(metadata).toMatchObject({ name: 'payments-alb', namespace: 'shop' });
    expect(spec).toEqual({
      ingressClassName: 'alb',
      rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'payments', port: { name: 'http' } } } }] } }],
    });
  });

  test('all annotations are texts', () => {
    const { annotations } = ingressOf({ hosts: ['pay.example.com'], certificateArn: ARN }).metadata;
    expect(Object.values(annotations).filter((value) => typeof value !== 'string')).toEqual([]);
  });
});

describe('routing', () => {
  test('each host has a rule of its own', () => {
    const { rules } = ingressOf({ hosts: ['a.example.com', '*.b.example.com'], path: '/pay' }).spec;
    expect(rules.map(({ host, http }: any) => [host, http.paths[0].path])).toEqual([['a.example.com', '/pay'], ['*.b.example.com', '/pay']]);
  });

  test('hosts have DNS records of a short life', () => {
    const ttl = 'external-dns.alpha.kubernetes.io/ttl';
    expect(ingressOf({ hosts: ['a.example.com'] }).metadata.annotations[ttl]).toBe('60');
    expect(ingressOf({ hosts: ['a.example.com'], dnsTtl: Duration.seconds(20) }).metadata.annotations[ttl]).toBe('20');
    expect(ingressOf().metadata.annotations).not.toHaveProperty([ttl]);
  });

  test('another IngressClass is written', () => {
    expect(ingressOf({ ingressClassName: 'public-alb' }).spec.ingressClassName).toBe('public-alb');
  });

  test.each(['/a//b', '/a/../b', '/a/./b', '/a%2Fb', '/a%2fb', '/a%5Cb', '/..', '/.', '/a/..', '/a/.', '/a?b', '/a#b', '/a b', 'a', ''])(
    'the path "%s" is refused, as the API server does', (path) => {
      expect(() => ingressOf({ path })).toThrow(`awsLoadBalancer.path "${path}" ${NO_PREFIX}`);
    });

  test.each(['/', '/a/', '/a..b', '/...', '/.well-known', '/a%20b', '/~me', '/a;b=1,2'])('the path %s is a prefix as good as any', (path) => {
    expect(ingressOf({ path }).spec.rules[0].http.paths[0].path).toBe(path);
  });
});

describe('the load balancer', () => {
  test('it may face the internet', () => {
    expect(settingsOf({ scheme: LoadBalancerScheme.INTERNET_FACING }).scheme).toBe('internet-facing');
  });

  test('with a certificate it redirects to TLS', () => {
    const settings = settingsOf({ certificateArn: ARN });
    expect(settings).toMatchObject({ 'certificate-arn': ARN, 'ssl-redirect': '443' });
    expect(JSON.parse(settings['listen-ports'])).toEqual([{ HTTP: 80 }, { HTTPS: 443 }]);
  });

  test('without a certificate nothing is said about TLS', () => {
    expect(Object.keys(settingsOf()).filter((key) => /certificate|listen|ssl/.test(key))).toEqual([]);
  });

  test('it may be shared by a group', () => {
    expect(settingsOf({ group: 'public' })['group.name']).toBe('public');
  });

  test('its idle timeout lasts longer than the longest request', () => {
    expect(settingsOf({}, { longestRequest: Duration.seconds(100) })['load-balancer-attributes']).toBe('idle_timeout.timeout_seconds=105');
  });

  test('its idle timeout ends before the program\'s own', () => {
    expect(settingsOf({}, { keepAliveTimeout: Duration.seconds(50) })['load-balancer-attributes']).toBe('idle_timeout.timeout_seconds=45');
  });

  test('further annotations are added', () => {
    expect(settingsOf({ annotations: { 'alb.ingress.kubernetes.io/ssl-policy': 'ELBSecurityPolicy-TLS13-1-2-2021-06' } }))
      .toMatchObject({ 'ssl-policy': 'ELBSecurityPolicy-TLS13-1-2-2021-06', 'scheme': 'internal' });
  });

  test.each(Object.keys(settingsOf({ certificateArn: ARN, group: 'g' })))('the annotation %s cannot be given beside the option', (key) => {
    expect(() => ingressOf({ annotations: { [`${PREFIX}${key}`]: 'x' } })).toThrow(/cannot be given, because the library decides it/);
  });
});

describe('the target group', () => {
  const attributes = (options: AwsLoadBalancerOptions, props: Partial<ZeroDowntimeServiceProps> = {}) =>
    settingsOf(options, props)['target-group-attributes'].split(',');

  test('a leaving target keeps its connections as long as the longest request', () => {
    expect(attributes({}, { longestRequest: Duration.seconds(90) })).toEqual(['deregistration_delay.timeout_seconds=90']);
  });

  test('a declared deregistration delay is written', () => {
    expect(attributes({ deregistrationDelay: Duration.seconds(200) })).toEqual(['deregistration_delay.timeout_seconds=200']);
  });

  test('a new target may get its share slowly', () => {
    expect(attributes({ slowStart: Duration.seconds(45) })).toEqual(['deregistration_delay.timeout_seconds=30', 'slow_start.duration_seconds=45']);
  });

  test('a cookie may keep clients on one target', () => {
    const accept = [Risk.sessionAffinity('sessions are in memory')];
    expect(attributes({ stickiness: Duration.hours(1) }, { accept })).toEqual([
      'deregistration_delay.timeout_seconds=30', 'stickiness.enabled=true', 'stickiness.type=lb_cookie', 'stickiness.lb_cookie.duration_seconds=3600',
    ]);
  });
});

describe('health checks', () => {
  test('declared ones are written', () => {
    const healthCheck = {
      path: '/lb', interval: Duration.seconds(20), timeout: Duration.seconds(15), healthyThreshold: 3, unhealthyThreshold: 4, successCodes: '204',
    };
    expect(settingsOf({ healthCheck })).toMatchObject({
      'healthcheck-path': '/lb',
      'healthcheck-interval-seconds': '20',
      'healthcheck-timeout-seconds': '15',
      'healthy-threshold-count': '3',
      'unhealthy-threshold-count': '4',
      'success-codes': '204',
    });
  });

  test('they ask the readiness probe\'s port where that is not the service\'s', () => {
    expect(settingsOf({}, { health: Health.http({ readiness: '/ready', liveness: '/healthz', port: 9000 }) })['healthcheck-port']).toBe('9000');
    expect(settingsOf({}, { health: Health.http({ readiness: '/ready', liveness: '/healthz', port: 3000 }) })).not.toHaveProperty('healthcheck-port');
  });

  test('they want a path where the readiness probe has none', () => {
    const health = Health.probes({ readiness: Probe.exec(['ready']), liveness: Probe.exec(['live']) });
    expect(() => ingressOf({}, { health })).toThrow('awsLoadBalancer.healthCheck.path must be given');
    expect(settingsOf({ healthCheck: { path: '/lb' } }, { health })['healthcheck-path']).toBe('/lb');
  });

  test('they speak TLS where the readiness probe does', () => {
    const health = Health.http({ readiness: '/ready', liveness: '/healthz', port: 8443, tls: true });
    expect(settingsOf({}, { health })['healthcheck-protocol']).toBe('HTTPS');
  });
});

describe('protocols', () => {
  const health = Health.grpc({ readiness: 'ready' });

  test('HTTP/1.1 is the controller\'s default', () => {
    expect(settingsOf()).not.toHaveProperty('backend-protocol-version');
  });

  test('HTTP/2 is passed on to the pods', () => {
    expect(settingsOf({ certificateArn: ARN }, { protocol: Protocol.HTTP2 })['backend-protocol-version']).toBe('HTTP2');
  });

  test('gRPC is passed on, and the gRPC health service is asked', () => {
    expect(settingsOf({ certificateArn: ARN }, { protocol: Protocol.GRPC, health })).toMatchObject({
      'backend-protocol-version': 'GRPC', 'healthcheck-path': '/grpc.health.v1.Health/Check', 'success-codes': '0',
    });
    expect(ingressOf({ certificateArn: ARN }, { protocol: Protocol.GRPC, health }).spec.rules[0].http.paths[0].backend.service.port).toEqual({ name: 'grpc' });
  });

  test.each([[Protocol.HTTP2, {}], [Protocol.GRPC, { health }]])('%s wants a certificate, because AWS refuses it behind a plain HTTP listener', (protocol, props) => {
    expect(() => ingressOf({}, { protocol, ...props }))
      .toThrow(`[chart/payments] awsLoadBalancer.certificateArn must be given with protocol ${protocol}, because AWS takes it on listeners with TLS only`);
  });

  test('HTTP/1.1 wants none', () => {
    expect(settingsOf({}, { protocol: Protocol.HTTP })).not.toHaveProperty('certificate-arn');
  });
});

describe('a gRPC target group', () => {
  const grpc = (options: AwsLoadBalancerOptions, health?: Health) =>
    settingsOf({ certificateArn: ARN, ...options }, { protocol: Protocol.GRPC, ...health && { health } });

  test.each<[string, Health]>([
    ['http', MINIMAL.health],
    ['tcp', Health.probes({ readiness: Probe.tcp({ port: 9000 }) })],
    ['exec', Health.probes({ readiness: Probe.exec(['ready']) })],
  ])('cannot ask a readiness probe of %s', (kind, health) => {
    expect(() => grpc({}, health)).toThrow('[chart/payments] awsLoadBalancer.healthCheck.path must be given as "/package.service/method", '
      + `because with protocol GRPC the load balancer asks over gRPC and the readiness probe is ${kind}`);
  });

  test('asks the method that is declared instead, and takes its OK', () => {
    expect(grpc({ healthCheck: { path: '/pay.Health/Ready' } })).toMatchObject({ 'healthcheck-path': '/pay.Health/Ready', 'success-codes': '0' });
  });

  test('takes the codes that are declared', () => {
    expect(grpc({ healthCheck: { path: '/pay.Health/Ready', successCodes: '0,12' } })['success-codes']).toBe('0,12');
  });

  test('never asks over HTTPS, whatever the readiness probe does', () => {
    const health = Health.http({ readiness: '/ready', liveness: '/healthz', port: 8443, tls: true });
    expect(grpc({ healthCheck: { path: '/pay.Health/Ready' } }, health)).not.toHaveProperty('healthcheck-protocol');
  });
});
