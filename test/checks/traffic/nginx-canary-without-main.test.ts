import { ingress } from './manifests';
import { documents, pathsOf, told } from './told';
import { NGINX_CANARY_WITHOUT_MAIN } from '../../../src/checks/traffic/nginx-canary-without-main';

const canary = (options = {}) => ingress('cart-canary', { annotations: 'nginx.ingress.kubernetes.io/canary: "true"', ...options });
const MAIN = ingress('cart');

describe('nginx-canary-without-main', () => {
  test('tells the host and path that no other Ingress has', () => {
    expect(told(NGINX_CANARY_WITHOUT_MAIN, documents(MAIN, canary({ host: 'b.example.com' })))).toEqual([{
      object: 'Ingress shop/cart-canary',
      path: 'spec.rules[0].http.paths[0]',
      message: 'no Ingress without canary has host b.example.com with path /, so ingress-nginx drops this canary, and it gets no requests',
      actual: 'host b.example.com with path /',
      required: undefined,
      fix: 'give the canary the host and path of its main Ingress, letter for letter, or add the main Ingress',
    }]);
  });

  test('another path is another location', () => {
    expect(pathsOf(NGINX_CANARY_WITHOUT_MAIN, documents(MAIN, canary({ path: '/api' })))).toEqual(['Ingress shop/cart-canary spec.rules[0].http.paths[0]']);
  });

  test('a canary is no main one for another', () => {
    const second = canary({ host: 'b.example.com' });
    expect(pathsOf(NGINX_CANARY_WITHOUT_MAIN, documents(MAIN, second, second.replace('cart-canary', 'cart-canary-2')))).toHaveLength(2);
  });

  test.each([
    ['a main Ingress', documents(MAIN, canary())],
    ['a main Ingress of another namespace', documents(ingress('mail', { host: 'c.example.com' }), ingress('cart', { namespace: 'other' }), canary())],
    ['a canary that is read without any main Ingress', canary()],
    ['a canary that is off', documents(MAIN, canary({ host: 'b.example.com', annotations: 'nginx.ingress.kubernetes.io/canary: "false"' }))],
    ['another controller', documents(MAIN, canary({ host: 'b.example.com', className: 'traefik' }))],
  ])('is silent for %s', (_case, yaml) => {
    expect(told(NGINX_CANARY_WITHOUT_MAIN, yaml)).toEqual([]);
  });
});
