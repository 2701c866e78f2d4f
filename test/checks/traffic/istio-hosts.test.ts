import { destinationRule, OPERATED, service, virtualService } from './manifests';
import { documents, pathsOf, told } from './told';
import { DESTINATION_RULE_HOST_MISSING } from '../../../src/checks/traffic/destination-rule-host-missing';
import { DESTINATION_RULES_FOR_ONE_HOST } from '../../../src/checks/traffic/destination-rules-for-one-host';
import { VIRTUAL_SERVICE_HOST_MISSING } from '../../../src/checks/traffic/virtual-service-host-missing';
import { VIRTUAL_SERVICE_PORT_MISSING } from '../../../src/checks/traffic/virtual-service-port-missing';

const to = (destination: string) => virtualService([`{ route: [{ destination: { ${destination} } }] }`]);
const entry = (host: string) => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: e, namespace: other }
spec: { hosts: ["${host}"] }
`;

describe('virtual-service-host-missing', () => {
  test('tells the Service that a short name means', () => {
    expect(told(VIRTUAL_SERVICE_HOST_MISSING, documents(service('cart'), to('host: kart')))).toEqual([{
      object: 'VirtualService shop/cart',
      path: 'spec.http[0].route[0].destination.host',
      message: 'host kart means Service kart of namespace shop, which is not there, so requests for it are answered with 503',
      actual: 'kart',
      required: 'a Service of namespace shop',
      fix: 'name the host of a Service that is there; for one of another namespace write name.namespace.svc.cluster.local',
    }]);
  });

  test('a short name never means a Service of another namespace, a whole one does', () => {
    const there = [service('cart'), service('kart', { namespace: 'other' })];
    expect(pathsOf(VIRTUAL_SERVICE_HOST_MISSING, documents(...there, to('host: kart')))).toEqual(['VirtualService shop/cart spec.http[0].route[0].destination.host']);
    expect(told(VIRTUAL_SERVICE_HOST_MISSING, documents(...there, to('host: kart.other.svc.cluster.local')))).toEqual([]);
  });

  test.each([
    ['a Service that is there', [service('cart'), to('host: cart')]],
    ['a host outside the cluster', [service('cart'), to('host: api.example.com')]],
    ['a host of a ServiceEntry', [service('cart'), entry('kart.shop.svc.cluster.local'), to('host: kart')]],
    ['a host of a ServiceEntry with a wildcard', [service('cart'), entry('*.shop.svc.cluster.local'), to('host: kart')]],
    ['a namespace of which nothing is read', [service('cart'), to('host: kart.other.svc.cluster.local')]],
    ['a namespace with an operator', [service('cart'), OPERATED, to('host: kart')]],
    ['a copy of requests, whose answers nobody awaits', [service('cart'), virtualService(['{ route: [{ destination: { host: api.example.com } }], mirror: { host: kart } }'])]],
  ])('is silent for %s', (_case, texts) => {
    expect(told(VIRTUAL_SERVICE_HOST_MISSING, documents(...texts))).toEqual([]);
  });
});

describe('virtual-service-port-missing', () => {
  test('tells the port, and those that there are', () => {
    expect(told(VIRTUAL_SERVICE_PORT_MISSING, documents(service('cart'), to('host: cart, port: { number: 8080 }')))).toEqual([{
      object: 'VirtualService shop/cart',
      path: 'spec.http[0].route[0].destination.port.number',
      message: 'Service cart has no port 8080, so requests for it are answered with 503',
      actual: '8080',
      required: 'one of 80 (web)',
      fix: 'name one of the Service\'s ports; the number that the container listens on is its targetPort',
    }]);
  });

  test.each([
    ['a port that is there', [service('cart'), to('host: cart, port: { number: 80 }')]],
    ['no port', [service('cart'), to('host: cart')]],
    ['a Service that is not read', [to('host: cart, port: { number: 8080 }')]],
    ['a host outside the cluster', [service('cart'), to('host: cart.example.com, port: { number: 443 }')]],
  ])('is silent for %s', (_case, texts) => {
    expect(told(VIRTUAL_SERVICE_PORT_MISSING, documents(...texts))).toEqual([]);
  });
});

describe('destination-rule-host-missing', () => {
  test('tells the Service that the host means', () => {
    expect(told(DESTINATION_RULE_HOST_MISSING, documents(service('cart'), destinationRule('cart', { host: 'kart.shop.svc.cluster.local' })))).toEqual([{
      object: 'DestinationRule shop/cart',
      path: 'spec.host',
      message: 'host kart.shop.svc.cluster.local means Service kart of namespace shop, which is not there, so nothing of this rule takes effect',
      actual: 'kart.shop.svc.cluster.local',
      required: 'a Service of namespace shop',
      fix: 'name the host of a Service that is there; for one of another namespace write name.namespace.svc.cluster.local',
    }]);
  });

  test.each([
    ['a Service that is there', [service('cart'), destinationRule('cart')]],
    ['a wildcard', [service('cart'), destinationRule('all', { host: '*.shop.svc.cluster.local' })]],
    ['a host of a ServiceEntry', [service('cart'), entry('kart.shop.svc.cluster.local'), destinationRule('cart', { host: 'kart' })]],
    ['a namespace of which nothing is read', [service('cart', { namespace: 'other' }), destinationRule('cart')]],
  ])('is silent for %s', (_case, texts) => {
    expect(told(DESTINATION_RULE_HOST_MISSING, documents(...texts))).toEqual([]);
  });
});

describe('destination-rules-for-one-host', () => {
  const POLICY = { spec: 'trafficPolicy: { connectionPool: { tcp: { maxConnections: 9 } } }' };
  const V1 = { spec: 'subsets: [{ name: v1, labels: { version: v1 } }]' };
  const both = (one: object, other: object) => documents(destinationRule('a', one), destinationRule('b', other));

  test('tells two traffic policies, however the host is written', () => {
    expect(told(DESTINATION_RULES_FOR_ONE_HOST, both(POLICY, { ...POLICY, host: 'cart.shop.svc.cluster.local' }))).toEqual([{
      object: 'DestinationRule shop/b',
      path: 'spec.host',
      message: 'DestinationRule a also has a trafficPolicy for host cart.shop.svc.cluster.local, and which of both holds depends on the order of their creation',
      actual: undefined,
      required: undefined,
      fix: 'write a trafficPolicy in one of both DestinationRules only',
    }]);
  });

  test('tells a subset that both define', () => {
    expect(told(DESTINATION_RULES_FOR_ONE_HOST, both(V1, V1)).map(({ fix }) => fix)).toEqual(['write the subset v1 in one of both DestinationRules only']);
  });

  test.each([
    ['one that has the policy and one that has subsets', both(POLICY, V1)],
    ['subsets of two names', both(V1, { spec: 'subsets: [{ name: v2, labels: { version: v2 } }]' })],
    ['two hosts', both(POLICY, { ...POLICY, host: 'mail' })],
    ['two namespaces, of which a client sees its own', both({ ...POLICY, host: 'cart.shop.svc.cluster.local' }, { ...POLICY, host: 'cart.shop.svc.cluster.local', namespace: 'other' })],
    ['a rule for the sidecars of one workload', both(POLICY, { spec: `workloadSelector: { matchLabels: { app: mail } }\n  ${POLICY.spec}` })],
  ])('is silent for %s', (_case, yaml) => {
    expect(told(DESTINATION_RULES_FOR_ONE_HOST, yaml)).toEqual([]);
  });
});
