import { gatewayRoute, ingress, OPERATED, service, virtualService } from './manifests';
import { documents, pathsOf, told } from './told';
import { INGRESS_BACKEND_MISSING } from '../../../src/checks/traffic/ingress-backend-missing';
import { INGRESS_PORT_MISSING } from '../../../src/checks/traffic/ingress-port-missing';

const ACTION = (groups: string) => 'alb.ingress.kubernetes.io/actions.split: \'{"type":"forward","forwardConfig":{"targetGroups":[' + groups + ']}}\'';
const split = (groups: string) => ingress('cart', { className: 'alb', annotations: ACTION(groups), backend: 'name: split, port: { name: use-annotation }' });

describe('ingress-backend-missing', () => {
  const WRONG = ingress('cart', { backend: 'name: kart, port: { number: 80 }' });

  test('tells the Service and the namespace in which it is not', () => {
    expect(told(INGRESS_BACKEND_MISSING, documents(service('cart'), WRONG))).toEqual([{
      object: 'Ingress shop/cart',
      path: 'spec.rules[0].http.paths[0].backend.service.name',
      message: 'Service kart is not in namespace shop, so requests for it are answered with an error',
      actual: 'kart',
      required: 'a Service of namespace shop',
      fix: 'name a Service that is there, or add the one that is missing',
    }]);
  });

  test('the default backend counts', () => {
    expect(pathsOf(INGRESS_BACKEND_MISSING, documents(service('cart'), 'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: all, namespace: shop }\n'
      + 'spec: { defaultBackend: { service: { name: kart, port: { number: 80 } } } }'))).toEqual(['Ingress shop/all spec.defaultBackend.service.name']);
  });

  test('target groups of an action count, and the action itself is no Service', () => {
    const found = pathsOf(INGRESS_BACKEND_MISSING, documents(service('cart'), split('{"serviceName":"kart","servicePort":80}')));
    expect(found).toEqual(['Ingress shop/cart metadata.annotations["alb.ingress.kubernetes.io/actions.split"]']);
    expect(pathsOf(INGRESS_BACKEND_MISSING, documents(service('cart'), split('{"serviceName":"cart","servicePort":80}')))).toEqual([]);
  });

  test('a Service of that name in another namespace does not count', () => {
    expect(pathsOf(INGRESS_BACKEND_MISSING, documents(service('cart'), service('kart', { namespace: 'other' }), WRONG)))
      .toEqual(['Ingress shop/cart spec.rules[0].http.paths[0].backend.service.name']);
  });

  test.each([
    ['the Service is there', [service('cart'), ingress('cart')]],
    ['no Service of the namespace is read', [service('kart', { namespace: 'other' }), WRONG]],
    ['every Service of the namespace has an Ingress', [service('mail'), WRONG, ingress('mail', { backend: 'name: mail, port: { number: 80 }' })]],
    ['every Service of the namespace has a route', [service('mail'), WRONG, gatewayRoute(['{ backendRefs: [{ name: mail, port: 80 }] }'])]],
    ['every Service of the namespace has a VirtualService', [service('mail'), WRONG, virtualService(['{ route: [{ destination: { host: mail } }] }'])]],
    ['an operator may make it', [service('cart'), OPERATED, WRONG]],
    ['Flagger makes it', [service('cart'), 'apiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata: { name: c, namespace: shop }\n'
      + 'spec: { targetRef: { kind: Deployment, name: kart } }', ingress('cart', { backend: 'name: kart-canary, port: { number: 80 }' })]],
  ])('is silent where %s', (_case, texts) => {
    expect(told(INGRESS_BACKEND_MISSING, documents(...texts))).toEqual([]);
  });
});

describe('ingress-port-missing', () => {
  const to = (port: string) => documents(service('cart'), ingress('cart', { backend: `name: cart, port: { ${port} }` }));

  test('tells the port, and those that there are', () => {
    expect(told(INGRESS_PORT_MISSING, to('number: 8080'))).toEqual([{
      object: 'Ingress shop/cart',
      path: 'spec.rules[0].http.paths[0].backend.service.port.number',
      message: 'Service cart has no port 8080, so requests for it are answered with an error',
      actual: '8080',
      required: 'one of 80 (web)',
      fix: 'name one of the Service\'s ports; the number that the container listens on is its targetPort',
    }]);
  });

  test('a name is the Service\'s name for its port, not the container\'s', () => {
    expect(pathsOf(INGRESS_PORT_MISSING, to('name: http'))).toEqual(['Ingress shop/cart spec.rules[0].http.paths[0].backend.service.port.name']);
    expect(told(INGRESS_PORT_MISSING, to('name: web'))).toEqual([]);
  });

  test('the ports of an action\'s target groups count, as numbers and as texts', () => {
    const action = (port: string) => pathsOf(INGRESS_PORT_MISSING, documents(service('cart'), split(`{"serviceName":"cart","servicePort":${port}}`)));
    expect([action('8080'), action('"8080"')].flat()).toHaveLength(2);
    expect([action('80'), action('"80"'), action('"web"')].flat()).toEqual([]);
  });

  test('a Service that is not read, and one for a name outside, are no finding', () => {
    expect(told(INGRESS_PORT_MISSING, ingress('cart'))).toEqual([]);
    const outside = 'apiVersion: v1\nkind: Service\nmetadata: { name: cart, namespace: shop }\nspec: { type: ExternalName, externalName: cart.example.com }';
    expect(told(INGRESS_PORT_MISSING, documents(outside, ingress('cart')))).toEqual([]);
  });
});
