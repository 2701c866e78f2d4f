import { gatewayRoute, service } from './manifests';
import { documents, told } from './told';
import { ROUTE_BACKEND_MISSING } from '../../../src/checks/traffic/route-backend-missing';
import { ROUTE_BACKEND_NOT_GRANTED } from '../../../src/checks/traffic/route-backend-not-granted';
import { ROUTE_PORT_MISSING } from '../../../src/checks/traffic/route-port-missing';
import { ROUTE_WEIGHTS_ZERO } from '../../../src/checks/traffic/route-weights-zero';

const KINDS = [['HTTPRoute'], ['GRPCRoute']];
const to = (...backends: string[]) => `{ backendRefs: [${backends.map((backend) => `{ ${backend} }`).join(', ')}] }`;

describe('route-backend-missing', () => {
  test.each(KINDS)('tells the Service that a %s misses', (kind) => {
    expect(told(ROUTE_BACKEND_MISSING, documents(service('cart'), gatewayRoute([to('name: kart, port: 80')], { kind })))).toEqual([{
      object: `${kind} shop/cart`,
      path: 'spec.rules[0].backendRefs[0].name',
      message: 'Service kart is not in namespace shop, so its share of requests is answered with an error',
      actual: 'kart',
      required: 'a Service of namespace shop',
      fix: 'name a Service that is there, or add the one that is missing',
    }]);
  });

  test.each([
    ['a Service that is there', [service('cart'), gatewayRoute([to('name: cart, port: 80')])]],
    ['a backend that gets nothing', [service('cart'), gatewayRoute([to('name: kart, port: 80, weight: 0')])]],
    ['a backend that is no Service', [service('cart'), gatewayRoute([to('kind: Bucket, group: storage.example.com, name: kart')])]],
    ['a namespace of which no Service is read', [service('cart'), gatewayRoute([to('name: kart, namespace: other, port: 80')])]],
    ['a namespace of which each Service has a route', [service('cart'), gatewayRoute([to('name: cart, port: 80', 'name: kart, port: 80')])]],
  ])('is silent for %s', (_case, texts) => {
    expect(told(ROUTE_BACKEND_MISSING, documents(...texts))).toEqual([]);
  });
});

describe('route-port-missing', () => {
  test.each(KINDS)('tells the port that a %s misses', (kind) => {
    expect(told(ROUTE_PORT_MISSING, documents(service('cart'), gatewayRoute([to('name: cart, port: 8080')], { kind })))).toEqual([{
      object: `${kind} shop/cart`,
      path: 'spec.rules[0].backendRefs[0].port',
      message: 'Service cart has no port 8080, so its share of requests is answered with an error',
      actual: '8080',
      required: 'one of 80 (web)',
      fix: 'name one of the Service\'s ports; the number that the container listens on is its targetPort',
    }]);
  });

  test('a reference without a port does not resolve', () => {
    expect(told(ROUTE_PORT_MISSING, gatewayRoute([to('name: cart')]))).toEqual([{
      object: 'HTTPRoute shop/cart',
      path: 'spec.rules[0].backendRefs[0]',
      message: 'the reference to Service cart names no port, so it does not resolve and its share of requests is answered with an error',
      actual: undefined,
      required: 'a port',
      fix: 'name one of the Service\'s ports; the number that the container listens on is its targetPort',
    }]);
  });

  test.each([
    ['a port that is there', documents(service('cart'), gatewayRoute([to('name: cart, port: 80')]))],
    ['a Service that is not read', gatewayRoute([to('name: cart, port: 8080')])],
    ['a backend that gets nothing', documents(service('cart'), gatewayRoute([to('name: cart, port: 8080, weight: 0')]))],
  ])('is silent for %s', (_case, yaml) => {
    expect(told(ROUTE_PORT_MISSING, yaml)).toEqual([]);
  });
});

describe('route-backend-not-granted', () => {
  const ROUTE = gatewayRoute([to('name: cart, namespace: other, port: 80')]);
  const grant = ({ namespace = 'other', from = 'shop', kind = 'HTTPRoute', target = 'kind: Service' } = {}) => `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: g, namespace: ${namespace} }
spec: { from: [{ group: gateway.networking.k8s.io, kind: ${kind}, namespace: ${from} }], to: [{ group: "", ${target} }] }
`;

  test('tells the grant that is not among the objects read', () => {
    expect(told(ROUTE_BACKEND_NOT_GRANTED, ROUTE)).toEqual([{
      object: 'HTTPRoute shop/cart',
      path: 'spec.rules[0].backendRefs[0].namespace',
      message: 'no ReferenceGrant among the objects read lets HTTPRoutes of namespace shop refer to Service cart of other: '
        + 'without one its share of requests is answered with an error',
      actual: undefined,
      required: undefined,
      fix: 'add a ReferenceGrant to namespace other from kind HTTPRoute of namespace shop to kind Service',
    }]);
  });

  test.each([['all Services', grant()], ['this Service', grant({ target: 'kind: Service, name: cart' })]])('a grant for %s is enough', (_case, text) => {
    expect(told(ROUTE_BACKEND_NOT_GRANTED, documents(ROUTE, text))).toEqual([]);
  });

  test.each([
    ['of another namespace', grant({ namespace: 'shop' })],
    ['from another namespace', grant({ from: 'mail' })],
    ['from another kind', grant({ kind: 'GRPCRoute' })],
    ['to another Service', grant({ target: 'kind: Service, name: mail' })],
    ['to another kind', grant({ target: 'kind: Secret' })],
  ])('a grant %s is not', (_case, text) => {
    expect(told(ROUTE_BACKEND_NOT_GRANTED, documents(ROUTE, text))).toHaveLength(1);
  });

  test('a Service of the route\'s own namespace needs none', () => {
    expect(told(ROUTE_BACKEND_NOT_GRANTED, gatewayRoute([to('name: cart, namespace: shop, port: 80')]))).toEqual([]);
  });
});

describe('route-weights-zero', () => {
  test.each(KINDS)('tells a rule of a %s whose backends all get nothing', (kind) => {
    expect(told(ROUTE_WEIGHTS_ZERO, gatewayRoute([to('name: a, port: 80, weight: 0', 'name: b, port: 80, weight: 0')], { kind }))).toEqual([{
      object: `${kind} shop/cart`,
      path: 'spec.rules[0].backendRefs',
      message: 'all backends of rules[0] have the weight 0, so every request that it matches is answered with an error',
      actual: '0 + 0',
      required: '> 0',
      fix: 'give the backend that is to have the requests a weight above 0',
    }]);
  });

  test.each([
    ['one backend of two', to('name: a, port: 80, weight: 0', 'name: b, port: 80, weight: 1')],
    ['a backend without a weight, which has 1', to('name: a, port: 80')],
    ['a rule without backends, which redirects', '{ filters: [{ type: RequestRedirect }] }'],
    ['a backend that is no Service', to('name: a, port: 80, weight: 0', 'kind: Bucket, group: storage.example.com, name: b')],
  ])('is silent for %s', (_case, rule) => {
    expect(told(ROUTE_WEIGHTS_ZERO, gatewayRoute([rule]))).toEqual([]);
  });
});
