import { Protocol } from '../../../src/spec/protocol';
import { IngressNginxOptions } from '../../../src/spec/traffic/ingress-nginx';
import { Traffic } from '../../../src/spec/traffic/traffic';
import { assumed, decided, originOf, planned, problemsOf, Props, required, seconds, valueOf } from '../declare';

const nginx = (options: Partial<IngressNginxOptions> = {}, props: Props = {}): Props =>
  ({ ...props, traffic: [Traffic.ingressNginx({ hosts: ['a.example'], ...options })] });

describe('ingressNginx.readTimeout', () => {
  const name = 'ingressNginx.readTimeout';

  test('is one minute', () => {
    expect(decided(name, nginx())).toEqual({ value: 60, unit: 's', origin: 'preferred', inequalities: ['≥ longestRequest 30s + margin 5s'] });
  });

  test('outlasts the longest request, and the longest connection', () => {
    expect(decided(name, nginx({}, { longestRequest: seconds(90) }))).toMatchObject({ value: 95, origin: 'derived' });
    expect(decided(name, nginx({}, { maxConnectionAge: seconds(300) }))).toMatchObject({
      value: 305, inequalities: ['≥ maxConnectionAge 300s + margin 5s'],
    });
  });

  test('may be overridden down to the bound, and no lower', () => {
    expect(originOf(name, nginx({ readTimeout: seconds(35) }))).toBe('overridden');
    expect(problemsOf(nginx({ readTimeout: seconds(34) })))
      .toEqual([`${name} 34s must be at least longestRequest 30s + margin 5s = 35s; give it 35s or more, or leave it out`]);
  });
});

describe('ingressNginx.upstreamKeepaliveTimeout', () => {
  const name = 'ingressNginx.upstreamKeepaliveTimeout';

  test('is assumed to be the controller\'s minute', () => {
    expect(assumed(name, nginx())).toEqual({
      name, value: 60, unit: 's', origin: 'default', source: 'the controller\'s upstream-keepalive-timeout, 60s by default',
    });
  });

  test('is what the program must outlast', () => {
    expect(valueOf('keepAliveTimeout', nginx({ upstreamKeepaliveTimeout: seconds(100) }))).toBe(105);
  });

  test.each([0, 86_401])('is refused at %d seconds', (amount) => {
    expect(problemsOf(nginx({ upstreamKeepaliveTimeout: seconds(amount) }))).toEqual([`${name} ${amount}s must be from 1s to 86400s`]);
  });
});

test('the controller is asked to outlast the longest request when it reloads', () => {
  expect(required('cluster', nginx())).toContain(
    'the ingress-nginx controller\'s worker-shutdown-timeout is at least 30s, so that its own reloads cut no request',
  );
});

test('an Ingress is planned with what was declared, and with the customary names otherwise', () => {
  expect(planned(nginx()).planned.traffic[1]).toEqual({
    kind: 'ingressNginx',
    hosts: ['a.example'],
    path: '/',
    tlsSecret: undefined,
    ingressClassName: 'nginx',
    readTimeout: 60,
    dnsTtl: 60,
    annotations: {},
  });
  const options = { path: '/pay', tlsSecret: 'tls', ingressClassName: 'public', annotations: { 'example.com/owner': 'shop' } };
  expect(planned(nginx(options)).planned.traffic[1]).toMatchObject(options);
});

const PREFIX = 'must start with \'/\' and be a plain prefix of at most 1024 characters, without \'//\', \'/./\', \'/../\', \'%2F\', a lone \'%\', query or white space';

describe('an Ingress is refused', () => {
  test.each<[string, Partial<IngressNginxOptions>, string]>([
    ['without hosts', { hosts: [] }, 'ingressNginx.hosts must name at least one host'],
    ['with a host that is none', { hosts: ['a.example:80'] },
      'ingressNginx.host "a.example:80" must be a DNS name in lower case, without scheme, port or path (\'*.\' may lead it)'],
    ['with a path that is none', { path: '' }, `ingressNginx.path "" ${PREFIX}`],
    ['with a path that hides an empty segment', { path: '/a//b' }, `ingressNginx.path "/a//b" ${PREFIX}`],
    ['with a path that leads out of the prefix', { path: '/a/../b' }, `ingressNginx.path "/a/../b" ${PREFIX}`],
    ['with a path that hides a slash', { path: '/a%2Fb' }, `ingressNginx.path "/a%2Fb" ${PREFIX}`],
    ['with a path that would end a text', { path: '/a"b' }, `ingressNginx.path "/a\\"b" ${PREFIX}`],
    ['with a path of a tag', { path: '/<b>' }, `ingressNginx.path "/<b>" ${PREFIX}`],
    ['with a TLS secret of no legal name', { tlsSecret: 'TLS' },
      'ingressNginx.tlsSecret "TLS" must be at most 253 lower-case letters, digits, \'-\' or \'.\', each part starting and ending with a letter or digit'],
    ['with an annotation that it decides', { annotations: { 'nginx.ingress.kubernetes.io/proxy-read-timeout': '1' } },
      'ingressNginx.annotations "nginx.ingress.kubernetes.io/proxy-read-timeout" cannot be given, because the library decides it; use the option for it'],
    ['with an annotation that Kubernetes does not take', { annotations: { '': '1' } },
      'ingressNginx.annotations key "" must be at most 63 letters, digits, \'-\', \'_\' or \'.\', with an optional DNS prefix and \'/\''],
  ])('%s', (_, options, problem) => {
    expect(problemsOf(nginx(options))).toEqual([problem]);
  });

  test('with protocol HTTP2, with or without TLS', () => {
    const problem = 'ingressNginx cannot reach protocol HTTP2, because the controller speaks HTTP/1.1 or gRPC to pods; use another way in, or Protocol.HTTP';
    expect(problemsOf(nginx({}, { protocol: Protocol.HTTP2 }))).toEqual([problem]);
    expect(problemsOf(nginx({ tlsSecret: 'tls' }, { protocol: Protocol.HTTP2 }))).toEqual([problem]);
  });

  test('with protocol GRPC and no TLS', () => {
    expect(problemsOf(nginx({}, { protocol: Protocol.GRPC }))).toEqual([
      'ingressNginx.tlsSecret must be given with protocol GRPC, because the controller takes HTTP/2 from clients over TLS only',
    ]);
    expect(problemsOf(nginx({ tlsSecret: 'tls' }, { protocol: Protocol.GRPC }))).toEqual([]);
    expect(problemsOf(nginx({}, { protocol: Protocol.HTTP }))).toEqual([]);
  });

  test.each(['proxy-send-timeout', 'proxy-next-upstream', 'backend-protocol'])('with its own %s', (annotation) => {
    expect(problemsOf(nginx({ annotations: { [`nginx.ingress.kubernetes.io/${annotation}`]: 'x' } }))).toHaveLength(1);
  });
});
