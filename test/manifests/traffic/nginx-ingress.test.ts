import { Duration } from 'cdk8s';
import { External, IngressNginxOptions, Protocol, Traffic, ZeroDowntimeServiceProps } from 'zero-downtime';
import { synthesize } from '../synthesized';

const HOSTS = ['pay.example.com'];
const PREFIX = 'nginx.ingress.kubernetes.io/';
const ingressOf = (options: Partial<IngressNginxOptions> = {}, props: Partial<ZeroDowntimeServiceProps> = {}) =>
  synthesize({ traffic: [Traffic.ingressNginx({ hosts: HOSTS, ...options })], ...props }).find('Ingress');
const annotationsOf = (options: Partial<IngressNginxOptions> = {}, props: Partial<ZeroDowntimeServiceProps> = {}) =>
  ingressOf(options, props).metadata.annotations;

test('the host leads to the service\'s port', () => {
  const { metadata, spec } = ingressOf();
  expect(metadata).toMatchObject({ name: 'payments-nginx', namespace: 'shop' });
  expect(spec).toEqual({
    ingressClassName: 'nginx',
    rules: [{
      host: 'pay.example.com',
      http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'payments', port: { name: 'http' } } } }] },
    }],
  });
});

test('its annotations are the timeouts, the retries of what was not reached, and the life of DNS records', () => {
  expect(annotationsOf()).toEqual({
    [`${PREFIX}proxy-read-timeout`]: '60',
    [`${PREFIX}proxy-send-timeout`]: '60',
    [`${PREFIX}proxy-next-upstream`]: 'error timeout',
    'external-dns.alpha.kubernetes.io/ttl': '60',
  });
});

test('an unanswered request ends after the longest one would have', () => {
  expect(annotationsOf({}, { longestRequest: Duration.seconds(120) })).toMatchObject({
    [`${PREFIX}proxy-read-timeout`]: '125', [`${PREFIX}proxy-send-timeout`]: '125',
  });
});

test('streams are not ended early', () => {
  expect(annotationsOf({}, { maxConnectionAge: Duration.seconds(300) })[`${PREFIX}proxy-read-timeout`]).toBe('305');
});

test('declared values are written', () => {
  const options = { readTimeout: Duration.seconds(90), dnsTtl: Duration.seconds(10), path: '/pay', ingressClassName: 'internal' };
  expect(annotationsOf(options)).toMatchObject({ [`${PREFIX}proxy-read-timeout`]: '90', 'external-dns.alpha.kubernetes.io/ttl': '10' });
  expect(ingressOf(options).spec).toMatchObject({ ingressClassName: 'internal', rules: [{ http: { paths: [{ path: '/pay' }] } }] });
});

test('a certificate serves every host', () => {
  const hosts = ['a.example.com', 'b.example.com'];
  const { spec } = ingressOf({ hosts, tlsSecret: 'tls' }, { externals: [External.secret('tls')] });
  expect(spec.tls).toEqual([{ hosts, secretName: 'tls' }]);
  expect(spec.rules.map(({ host }: any) => host)).toEqual(hosts);
});

test('gRPC is named to the controller', () => {
  const props = { protocol: Protocol.GRPC, externals: [External.secret('tls')] };
  expect(annotationsOf({ tlsSecret: 'tls' }, props)[`${PREFIX}backend-protocol`]).toBe('GRPC');
  expect(annotationsOf()).not.toHaveProperty([`${PREFIX}backend-protocol`]);
});

test('gRPC wants a certificate, because the controller speaks HTTP/2 to clients over TLS only', () => {
  expect(() => ingressOf({}, { protocol: Protocol.GRPC })).toThrow('[chart/payments] ingressNginx.tlsSecret must be given with protocol GRPC, '
    + 'because the controller takes HTTP/2 from clients over TLS only');
});

test('HTTP/1.1 wants no certificate', () => {
  expect(ingressOf().spec).not.toHaveProperty('tls');
});

test.each([[{}], [{ tlsSecret: 'tls' }]])('HTTP/2 is refused, with a certificate or without, because the controller does not speak it to pods', (options) => {
  expect(() => ingressOf(options, { protocol: Protocol.HTTP2, externals: [External.secret('tls')] }))
    .toThrow('[chart/payments] ingressNginx cannot reach protocol HTTP2, because the controller speaks HTTP/1.1 or gRPC to pods; '
      + 'use another way in, or Protocol.HTTP');
});

test.each(['/a//b', '/a/../b', '/a/./b', '/a%2Fb', '/a/..', '/a?b', '/a b', 'a'])('the path %s is refused, as the API server does', (path) => {
  expect(() => ingressOf({ path })).toThrow(`ingressNginx.path "${path}" must start with '/' and be a plain prefix`);
});

test.each(['/', '/a/', '/a..b', '/.well-known', '/a%20b'])('the path %s is a prefix as good as any', (path) => {
  expect(ingressOf({ path }).spec.rules[0].http.paths[0].path).toBe(path);
});

test('further annotations are added', () => {
  expect(annotationsOf({ annotations: { [`${PREFIX}proxy-body-size`]: '8m' } })).toMatchObject({
    [`${PREFIX}proxy-body-size`]: '8m', [`${PREFIX}proxy-read-timeout`]: '60',
  });
});

test.each(['proxy-read-timeout', 'proxy-send-timeout', 'proxy-next-upstream', 'backend-protocol'])(
  'the annotation %s cannot be given beside the option', (key) => {
    expect(() => ingressOf({ annotations: { [`${PREFIX}${key}`]: 'x' } })).toThrow(/cannot be given, because the library decides it/);
  });
