import { gatewayRoute, virtualService } from './manifests';
import { pathsOf, told } from './told';
import { ROUTE_UNREACHABLE } from '../../../src/checks/traffic/route-unreachable';

const TO = 'route: [{ destination: { host: cart } }]';
const when = (...matches: string[]) => `{ match: [${matches.map((match) => `{ ${match} }`).join(', ')}], ${TO} }`;
const ALL = `{ ${TO} }`;

describe('route-unreachable, of a VirtualService', () => {
  const reached = (first: string, second: string, spec?: string) =>
    told(ROUTE_UNREACHABLE, virtualService([first, second], spec ? { spec } : {})).length === 0;

  test('tells the route, and the one before it', () => {
    expect(told(ROUTE_UNREACHABLE, virtualService([ALL, when('uri: { prefix: /api }')]))).toEqual([{
      object: 'VirtualService shop/cart',
      path: 'spec.http[1]',
      message: 'http[1] is never taken: http[0] before it matches every request that it would',
      actual: undefined,
      required: undefined,
      fix: 'move it before http[0], or remove it',
    }]);
  });

  test('tells a match that contradicts itself', () => {
    expect(told(ROUTE_UNREACHABLE, virtualService([when('headers: { x-a: { exact: b } }, withoutHeaders: { X-A: { exact: b } }')]))).toEqual([{
      object: 'VirtualService shop/cart',
      path: 'spec.http[0]',
      message: 'http[0] is never taken: it matches requests that have a header and do not have it',
      actual: undefined,
      required: undefined,
      fix: 'remove the header from headers or from withoutHeaders',
    }]);
  });

  test('a header that must be absent and have a value contradicts itself, two values do not', () => {
    expect(pathsOf(ROUTE_UNREACHABLE, virtualService([when('headers: { x-a: { exact: b } }, withoutHeaders: { x-a: {} }')]))).toHaveLength(1);
    expect(told(ROUTE_UNREACHABLE, virtualService([when('headers: { x-a: { prefix: b } }, withoutHeaders: { x-a: { exact: bc } }')]))).toEqual([]);
  });

  test.each([
    ['no match at all', ALL, ALL],
    ['the prefix /, which every path has', when('uri: { prefix: / }'), when('uri: { exact: /a }')],
    ['a name, which asks for nothing', when('name: all'), when('uri: { exact: /a }')],
    ['the same match', when('uri: { regex: "/a.*" }'), when('uri: { regex: "/a.*" }')],
    ['a prefix of its path', when('uri: { prefix: /a }'), when('uri: { exact: /a/b }')],
    ['a prefix of its prefix', when('uri: { prefix: /a }'), when('uri: { prefix: /ab }')],
    ['fewer conditions', when('uri: { prefix: /a }'), when('uri: { prefix: /a }, headers: { x: { exact: y } }')],
    ['headers in another order and case', when('headers: { X-A: { exact: b }, x-c: { exact: d } }'), when('headers: { x-c: { exact: d }, x-a: { exact: b } }')],
    ['a header of any value', when('headers: { x: {} }'), when('headers: { x: { exact: y } }')],
    ['labels of more clients', when('sourceLabels: { app: web }'), when('sourceLabels: { app: web, tier: a }')],
    ['each of its matches', when('method: { exact: GET }', 'method: { exact: PUT }'), when('method: { exact: PUT }', 'method: { exact: GET }')],
  ])('a route behind one with %s is never taken', (_case, first, second) => {
    expect(reached(first, second)).toBe(false);
  });

  test.each([
    ['a longer prefix', when('uri: { prefix: /ab }'), when('uri: { prefix: /a }')],
    ['an exact path', when('uri: { exact: /a }'), when('uri: { prefix: /a }')],
    ['another expression', when('uri: { regex: "/a.*" }'), when('uri: { exact: /ab }')],
    ['a prefix in other letters', when('uri: { prefix: /a }'), when('uri: { prefix: /a/b }, ignoreUriCase: true')],
    ['a prefix whose letters do not count', when('uri: { prefix: /a }, ignoreUriCase: true'), when('uri: { prefix: /a/b }')],
    ['more conditions', when('uri: { prefix: /a }, port: 80'), when('uri: { prefix: /a }')],
    ['a header that must not be there', when('withoutHeaders: { x: { prefix: y } }'), when('withoutHeaders: { x: { exact: yz } }')],
    ['another value of a query parameter', when('queryParams: { v: { exact: "1" } }'), when('queryParams: { v: { exact: "2" } }')],
    ['other gateways', when('gateways: [public]'), when('gateways: [mesh, public]')],
    ['one of its two matches', when('method: { exact: GET }'), when('method: { exact: GET }', 'method: { exact: PUT }')],
    ['a delegate, whose routes may match less', '{ delegate: { name: other } }', ALL],
  ])('a route behind one with %s is taken', (_case, first, second) => {
    expect(reached(first, second)).toBe(true);
  });

  test('a match that lists every gateway of its VirtualService asks for nothing', () => {
    const spec = 'hosts: [cart]\n  gateways: [public, mesh]';
    expect(reached(when('gateways: [mesh, public]'), when('port: 80'), spec)).toBe(false);
    expect(reached(when('gateways: [mesh]'), when('port: 80'), spec)).toBe(true);
  });

  test('a route for some gateways takes what comes by each of them', () => {
    const spec = 'hosts: [cart]\n  gateways: [a, b, c]';
    expect(reached(when('gateways: [a, b]'), when('gateways: [b]'), spec)).toBe(false);
    expect(reached(when('gateways: [a, b]'), when('gateways: [b, c]'), spec)).toBe(true);
  });
});

describe('route-unreachable, of a Gateway API route', () => {
  const BACKEND = 'backendRefs: [{ name: cart, port: 80 }]';
  const rule = (match: string) => `{ matches: [{ ${match} }], ${BACKEND} }`;

  test('tells the rule, and the one before it that has its matches', () => {
    expect(told(ROUTE_UNREACHABLE, gatewayRoute([rule('path: { value: /a }'), `{ ${BACKEND} }`, rule('path: { type: PathPrefix, value: /a }')]))).toEqual([{
      object: 'HTTPRoute shop/cart',
      path: 'spec.rules[2]',
      message: 'rules[2] is never taken: rules[0] before it has the same matches',
      actual: undefined,
      required: undefined,
      fix: 'change its matches, or move its backendRefs to rules[0]',
    }]);
  });

  test.each([
    ['HTTPRoute', 'defaults', rule('path: { type: PathPrefix, value: / }'), `{ ${BACKEND} }`],
    ['HTTPRoute', 'headers in another order and case', rule('headers: [{ name: A, value: b }, { name: c, value: d }]'), rule('headers: [{ name: c, value: d }, { name: a, value: b }]')],
    ['GRPCRoute', 'the type of a method', rule('method: { service: shop.Cart }'), rule('method: { type: Exact, service: shop.Cart }')],
  ])('an %s may say the same twice with %s', (kind, _case, first, second) => {
    expect(pathsOf(ROUTE_UNREACHABLE, gatewayRoute([first, second], { kind }))).toEqual([`${kind} shop/cart spec.rules[1]`]);
  });

  test.each([
    ['a more specific match, which wins from any place', `{ ${BACKEND} }`, rule('path: { type: Exact, value: /a }')],
    ['another method', rule('method: GET'), rule('method: POST')],
    ['another value', rule('queryParams: [{ name: v, value: "1" }]'), rule('queryParams: [{ name: v, value: "2" }]')],
  ])('%s is reached', (_case, first, second) => {
    expect(told(ROUTE_UNREACHABLE, gatewayRoute([first, second]))).toEqual([]);
  });
});
