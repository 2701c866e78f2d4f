import { Protocol } from '../../../src/spec/protocol';
import { GatewayReference, HttpRouteOptions } from '../../../src/spec/traffic/gateway-api';
import { Traffic } from '../../../src/spec/traffic/traffic';
import { assumed, decided, originOf, planned, problemsOf, Props, seconds, valueOf } from '../declare';

const GATEWAYS: GatewayReference[] = [{ name: 'public', namespace: 'edge', sectionName: 'https' }];
const LABEL = 'must be at most 63 lower-case letters, digits or \'-\', starting and ending with a letter or digit';
const SUBDOMAIN = 'must be at most 253 lower-case letters, digits, \'-\' or \'.\', each part starting and ending with a letter or digit';
const http = (options: Partial<HttpRouteOptions> = {}, props: Props = {}): Props =>
  ({ ...props, traffic: [Traffic.httpRoute({ gateways: GATEWAYS, ...options })] });
const grpc = (options: Partial<HttpRouteOptions> = {}): Props =>
  ({ protocol: Protocol.GRPC, traffic: [Traffic.grpcRoute({ gateways: GATEWAYS, ...options })] });

describe.each([['httpRoute', http], ['grpcRoute', grpc]])('%s', (kind, route) => {
  test.each<[string, Partial<HttpRouteOptions>, string]>([
    ['without gateways', { gateways: [] }, `${kind}.gateways must name at least one Gateway`],
    ['with a gateway of no legal name', { gateways: [{ name: 'Public' }] }, `${kind}.gateways name "Public" ${SUBDOMAIN}`],
    ['with a gateway in no legal namespace', { gateways: [{ name: 'public', namespace: 'a.b' }] }, `${kind}.gateways namespace "a.b" ${LABEL}`],
    ['with a host that is none', { hosts: ['a b'] },
      `${kind}.host "a b" must be a DNS name in lower case, without scheme, port or path ('*.' may lead it)`],
    ['with no idle timeout upstream', { upstreamIdleTimeout: seconds(0) }, `${kind}.upstreamIdleTimeout 0s must be from 1s to 86400s`],
    ['with an endless idle timeout upstream', { upstreamIdleTimeout: seconds(86_401) }, `${kind}.upstreamIdleTimeout 86401s must be from 1s to 86400s`],
  ])('is refused %s', (_, options, problem) => {
    expect(problemsOf(route(options))).toEqual([problem]);
  });

  test('assumes an idle timeout of one minute upstream, which the program must outlast', () => {
    expect(assumed(`${kind}.upstreamIdleTimeout`, route())).toEqual({
      name: `${kind}.upstreamIdleTimeout`,
      value: 60,
      unit: 's',
      origin: 'default',
      source: 'the Gateway\'s own configuration; 60s is engineering judgement',
    });
    expect(valueOf('keepAliveTimeout', route())).toBe(65);
  });

  test('attaches to every host of the listeners, or to those declared', () => {
    expect(planned(route()).planned.traffic[1]).toMatchObject({ kind, gateways: GATEWAYS, hosts: [] });
    expect(planned(route({ hosts: ['a.example'] })).planned.traffic[1]).toMatchObject({ hosts: ['a.example'] });
  });
});

describe('httpRoute.requestTimeout', () => {
  const name = 'httpRoute.requestTimeout';

  test('is one minute', () => {
    expect(decided(name, http())).toEqual({ value: 60, unit: 's', origin: 'preferred', inequalities: ['≥ longestRequest 30s + margin 5s'] });
    expect(planned(http()).planned.traffic[1]).toMatchObject({ requestTimeout: 60 });
  });

  test('outlasts the longest request', () => {
    expect(decided(name, http({}, { longestRequest: seconds(56) }))).toMatchObject({ value: 61, origin: 'derived' });
  });

  test('may be overridden down to the bound, and no lower', () => {
    expect(originOf(name, http({ requestTimeout: seconds(35) }))).toBe('overridden');
    expect(problemsOf(http({ requestTimeout: seconds(34) })))
      .toEqual([`${name} 34s must be at least longestRequest 30s + margin 5s = 35s; give it 35s or more, or leave it out`]);
  });

  test('is none where connections live longer than requests, unless it is declared', () => {
    const props = { maxConnectionAge: seconds(300) };
    expect(planned(http({}, props)).planned.traffic[1]).toMatchObject({ requestTimeout: undefined });
    expect(planned(http({ requestTimeout: seconds(400) }, props)).planned.traffic[1]).toMatchObject({ requestTimeout: 400 });
  });

  test('never ends a connection before the age that the program was promised', () => {
    const props = { maxConnectionAge: seconds(300) };
    expect(decided(name, http({ requestTimeout: seconds(305) }, props))).toEqual({
      value: 305, unit: 's', origin: 'overridden', inequalities: ['≥ maxConnectionAge 300s + margin 5s'],
    });
    expect(problemsOf(http({ requestTimeout: seconds(304) }, props)))
      .toEqual([`${name} 304s must be at least maxConnectionAge 300s + margin 5s = 305s; give it 305s or more, or leave it out`]);
  });

  test('is not decided for gRPC', () => {
    expect(planned(grpc()).plan.tryFind('grpcRoute.requestTimeout')).toBeUndefined();
    expect(planned(grpc()).planned.traffic[1]).toMatchObject({ path: undefined, requestTimeout: undefined });
  });
});

test('httpRoute.path is the root, or what is declared where it is a path', () => {
  expect(planned(http()).planned.traffic[1]).toMatchObject({ path: '/' });
  expect(planned(http({ path: '/pay' })).planned.traffic[1]).toMatchObject({ path: '/pay' });
  expect(problemsOf(http({ path: '/pay.v1/~a' }))).toEqual([]);
});

test.each(['', 'pay', '/a//b', '/a/../b', '/a/./b', '/a%2Fb', '/100%', '/a%zz', '/a"b', '/<b>', '/a?b=c', '/a b'])('httpRoute.path may not be %j', (path) => {
  expect(problemsOf(http({ path })))
    .toEqual([`httpRoute.path ${JSON.stringify(path)} must start with '/' and be a plain prefix of at most 1024 characters, without '//', '/./', '/../', '%2F', a lone '%', query or white space`]);
});

test.each([Protocol.HTTP, Protocol.HTTP2])('a gRPC route is refused for a program that speaks %s', (protocol) => {
  expect(problemsOf({ ...grpc(), protocol }))
    .toEqual([`grpcRoute needs protocol GRPC, not ${protocol}; give protocol: Protocol.GRPC or use Traffic.httpRoute`]);
});
