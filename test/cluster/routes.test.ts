import { clusterIn } from './read';
import { routesOf } from '../../src/cluster/routes';

const ingress = (name: string, services: readonly string[]) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: shop }
spec: { rules: [{ http: { paths: [${services.map((service) => `{ path: /, backend: { service: { name: ${service}, port: { number: 80 } } } }`).join(', ')}] } }] }
`;
const virtualService = (name: string, host: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: shop }
spec: { hosts: [a], http: [{ route: [{ destination: { host: ${host} } }] }] }
`;
const httpRoute = (name: string, namespace: string) => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: ${name}, namespace: shop }
spec: { rules: [{ backendRefs: [{ name: payments, namespace: ${namespace}, port: 80 }] }] }
`;

const routesTo = routesOf(clusterIn([
  ingress('b', ['payments', 'payments', 'carts']), ingress('a', ['payments']), virtualService('short', 'payments'),
  virtualService('long', 'payments.other.svc.cluster.local'), virtualService('outside', 'payments.example.com'),
  httpRoute('here', 'shop'), httpRoute('there', 'other'),
].join('---\n')));

function namesOf(namespace: string, name: string): readonly (readonly string[])[] {
  const { ingresses, gatewayRoutes, virtualServices } = routesTo({ namespace, name });
  return [ingresses, gatewayRoutes, virtualServices].map((routes) => routes.map((route) => route.name));
}

test.each([
  ['shop', 'payments', [['b', 'a'], ['here'], ['short']]],
  ['shop', 'carts', [['b'], [], []]],
  ['other', 'payments', [[], ['there'], ['long']]],
  ['shop', 'orders', [[], [], []]],
])('what routes to %s/%s is found once each, in the order of reading', (namespace, name, routes) => {
  expect(namesOf(namespace, name)).toEqual(routes);
});
