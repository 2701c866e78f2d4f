import { Duration } from 'cdk8s';
import { Health, HttpRouteOptions, Protocol, RouteOptions, Traffic, ZeroDowntimeServiceProps } from 'zero-downtime';
import { synthesize } from '../synthesized';

const GATEWAYS = [{ name: 'public', namespace: 'gateways', sectionName: 'https' }, { name: 'local' }];
const BACKENDS = [{ name: 'payments', port: 80 }];
const httpRouteOf = (options: Partial<HttpRouteOptions> = {}, props: Partial<ZeroDowntimeServiceProps> = {}) =>
  synthesize({ traffic: [Traffic.httpRoute({ gateways: GATEWAYS, ...options })], ...props }).find('HTTPRoute');
const grpcRouteOf = (options: Partial<RouteOptions> = {}, props: Partial<ZeroDowntimeServiceProps> = {}) =>
  synthesize({
    protocol: Protocol.GRPC, health: Health.grpc({ readiness: 'ready' }), traffic: [Traffic.grpcRoute({ gateways: GATEWAYS, ...options })], ...props,
  }).find('GRPCRoute');

describe('HTTPRoute', () => {
  test('it attaches to its Gateways and sends every path to the service', () => {
    const { apiVersion, metadata, spec } = httpRouteOf();
    expect(apiVersion).toBe('gateway.networking.k8s.io/v1');
    expect(metadata).toMatchObject({ name: 'payments', namespace: 'shop' });
    expect(spec).toEqual({
      parentRefs: GATEWAYS,
      rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }], timeouts: { request: '60s' }, backendRefs: BACKENDS }],
    });
  });

  test('hosts, a path and the service\'s port are written', () => {
    const { spec } = httpRouteOf({ hosts: ['pay.example.com'], path: '/pay' }, { servicePort: 8080 });
    expect(spec.hostnames).toEqual(['pay.example.com']);
    expect(spec.rules[0].matches[0].path.value).toBe('/pay');
    expect(spec.rules[0].backendRefs).toEqual([{ name: 'payments', port: 8080 }]);
  });

  test('its timeout lasts longer than the longest request', () => {
    expect(httpRouteOf({}, { longestRequest: Duration.minutes(2) }).spec.rules[0].timeouts).toEqual({ request: '125s' });
  });

  test('a declared timeout is written', () => {
    expect(httpRouteOf({ requestTimeout: Duration.seconds(90) }).spec.rules[0].timeouts).toEqual({ request: '90s' });
  });

  test('streams have no timeout', () => {
    expect(httpRouteOf({}, { maxConnectionAge: Duration.minutes(5) }).spec.rules[0]).not.toHaveProperty('timeouts');
  });

  test('a timeout that is declared for streams is written all the same', () => {
    const { spec } = httpRouteOf({ requestTimeout: Duration.minutes(10) }, { maxConnectionAge: Duration.minutes(5) });
    expect(spec.rules[0].timeouts).toEqual({ request: '600s' });
  });

  test('a timeout that is declared for streams leaves the longest of them five seconds', () => {
    const declared = (seconds: number) => httpRouteOf({ requestTimeout: Duration.seconds(seconds) }, { maxConnectionAge: Duration.seconds(300) });
    expect(declared(305).spec.rules[0].timeouts).toEqual({ request: '305s' });
    expect(() => declared(304)).toThrow(/httpRoute\.requestTimeout 304s must be at least .*305s/);
  });
});

describe('the path of an HTTPRoute', () => {
  test.each(['/a//b', '/a/../b', '/a/./b', '/a%2fb', '/a%2Fb', '/a%5cb', '/a"b', '/<b>', '/a\\b', '/a?b', '/a#b', '/a/..', '/.', '/a b', 'a', ''])(
    '%j is refused, as the API server does', (path) => {
      expect(() => httpRouteOf({ path })).toThrow(`httpRoute.path ${JSON.stringify(path)} must start with '/' and be a plain prefix of at most 1024 characters, `
        + 'without \'//\', \'/./\', \'/../\', \'%2F\', a lone \'%\', query or white space');
    });

  test.each(['/', '/a/', '/a..b', '/...', '/.well-known', '/a%20b', '/~me', '/a;b=1,2'])('%j is a prefix as good as any', (path) => {
    expect(httpRouteOf({ path }).spec.rules[0].matches[0].path).toEqual({ type: 'PathPrefix', value: path });
  });

  test.each(['/100%', '/a%zz', '/%'])('%j is refused, because the Gateway API takes a percent sign only before two hexadecimal digits', (path) => {
    expect(() => httpRouteOf({ path })).toThrow(/httpRoute\.path/);
  });
});

describe('GRPCRoute', () => {
  test('it attaches to its Gateways and sends every call to the service', () => {
    const { apiVersion, metadata, spec } = grpcRouteOf({ hosts: ['pay.example.com'] });
    expect(apiVersion).toBe('gateway.networking.k8s.io/v1');
    expect(metadata.name).toBe('payments');
    expect(spec).toEqual({ parentRefs: GATEWAYS, hostnames: ['pay.example.com'], rules: [{ backendRefs: BACKENDS }] });
  });

  test('without hosts it takes those of the listeners', () => {
    expect(grpcRouteOf().spec).not.toHaveProperty('hostnames');
  });

  test('it is refused for a program that does not speak gRPC', () => {
    expect(() => grpcRouteOf({}, { protocol: Protocol.HTTP })).toThrow('grpcRoute needs protocol GRPC, not HTTP');
  });
});
