import * as fc from 'fast-check';
import { gatewayRoute, ingress, service, virtualService, workload } from './manifests';
import { documents, pathsOf, told } from './told';
import { TIMEOUT_SHORTER_THAN_REQUEST } from '../../../src/checks/traffic/timeout-shorter-than-request';

const PODS = documents(workload('cart', { annotations: 'zero-downtime/longest-request-seconds: "20"' }), service('cart'));
const through = (way: string) => documents(PODS, way);
const mesh = (timeout: string) => virtualService([`{ route: [{ destination: { host: cart } }], timeout: ${timeout} }`]);
const gateway = (timeouts: string, kind?: string) => gatewayRoute([`{ backendRefs: [{ name: cart, port: 80 }], timeouts: { ${timeouts} } }`], { kind });
const nginx = (seconds: string, className = 'nginx') => ingress('cart', { className, annotations: `nginx.ingress.kubernetes.io/proxy-read-timeout: "${seconds}"` });
const alb = (seconds: string, className = 'alb') =>
  ingress('cart', { className, annotations: `alb.ingress.kubernetes.io/load-balancer-attributes: "deletion_protection.enabled=true,idle_timeout.timeout_seconds=${seconds}"` });

describe('timeout-shorter-than-request', () => {
  test('tells the timeout, and the longest request', () => {
    expect(told(TIMEOUT_SHORTER_THAN_REQUEST, through(mesh('19s')))).toEqual([{
      object: 'VirtualService shop/cart',
      path: 'spec.http[0].timeout',
      message: 'timeout gives up after 19 s, but requests take up to 20 s: the longer ones are cut',
      actual: '19 s',
      required: '≥ 20 s',
      fix: 'set timeout to at least 20 seconds',
    }]);
  });

  test.each([
    ['a VirtualService', mesh, 's', 'VirtualService shop/cart spec.http[0].timeout'],
    ['an HTTPRoute', (text: string) => gateway(`request: ${text}`), 's', 'HTTPRoute shop/cart spec.rules[0].timeouts.request'],
    ['one try of an HTTPRoute', (text: string) => gateway(`backendRequest: ${text}`), 's', 'HTTPRoute shop/cart spec.rules[0].timeouts.backendRequest'],
    ['ingress-nginx', nginx, '', 'Ingress shop/cart metadata.annotations["nginx.ingress.kubernetes.io/proxy-read-timeout"]'],
    ['an Application Load Balancer', alb, '', 'Ingress shop/cart metadata.annotations["alb.ingress.kubernetes.io/load-balancer-attributes"]'],
  ])('%s may take as long as the longest request, and no second less', (_case, way, unit, path) => {
    expect(pathsOf(TIMEOUT_SHORTER_THAN_REQUEST, through(way(`19${unit}`)))).toEqual([path]);
    expect(told(TIMEOUT_SHORTER_THAN_REQUEST, through(way(`20${unit}`)))).toEqual([]);
    expect(told(TIMEOUT_SHORTER_THAN_REQUEST, through(way(`0${unit}`)))).toEqual([]);
  });

  test('a route for some paths may be shorter where another lets the longest requests pass, and not where none does', () => {
    const two = (first: string, second: string, host = 'cart') => told(TIMEOUT_SHORTER_THAN_REQUEST, through(virtualService([
      `{ match: [{ uri: { prefix: /fast } }], route: [{ destination: { host: cart } }]${first} }`, `{ route: [{ destination: { host: ${host} } }]${second} }`,
    ]))).map(({ path }) => path);
    expect([...two(', timeout: 2s', ', timeout: 20s'), ...two(', timeout: 2s', '')]).toEqual([]);
    expect(two(', timeout: 2s', ', timeout: 19s')).toEqual(['spec.http[0].timeout', 'spec.http[1].timeout']);
    expect(two(', timeout: 2s', '', 'mail')).toEqual(['spec.http[0].timeout']);
  });

  test('the longest request may be given for all', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 }), (timeout, longest) => {
      const yaml = documents(workload('cart'), service('cart'), mesh(`${timeout}s`));
      const found = told(TIMEOUT_SHORTER_THAN_REQUEST, yaml, { assume: { 'longest-request-seconds': longest } });
      expect(found.map(({ required }) => required)).toEqual(timeout < longest ? [`≥ ${longest} s`] : []);
    }), { numRuns: 60 });
  });

  test.each([
    ['a longest request that nobody said', documents(workload('cart'), service('cart'), mesh('1s'))],
    ['a Service that is not read', mesh('1s')],
    ['pods that are not read', documents(service('cart'), mesh('1s'))],
    ['a route without a timeout', through(virtualService(['{ route: [{ destination: { host: cart } }] }']))],
    ['nginx\' annotation for another controller', through(nginx('1', 'traefik'))],
    ['the load balancer\'s annotation for another controller', through(alb('1', 'traefik'))],
    ['a text that is no number', through(nginx('soon'))],
  ])('is silent for %s', (_case, yaml) => {
    expect(told(TIMEOUT_SHORTER_THAN_REQUEST, yaml)).toEqual([]);
  });
});
