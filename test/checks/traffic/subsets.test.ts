import { destinationRule, OPERATED, service, virtualService, workload } from './manifests';
import { documents, pathsOf, told } from './told';
import { SUBSET_SELECTS_NOTHING } from '../../../src/checks/traffic/subset-selects-nothing';
import { SUBSET_UNDEFINED } from '../../../src/checks/traffic/subset-undefined';

const to = (subset: string, host = 'cart') => virtualService([`{ route: [{ destination: { host: ${host}, subset: ${subset} } }] }`]);
const V1 = 'subsets: [{ name: v1, labels: { version: v1 } }]';

describe('subset-undefined', () => {
  test('tells the subset, and those that are defined', () => {
    expect(told(SUBSET_UNDEFINED, documents(destinationRule('cart', { spec: V1 }), to('v2')))).toEqual([{
      object: 'VirtualService shop/cart',
      path: 'spec.http[0].route[0].destination.subset',
      message: 'no DestinationRule for host cart defines the subset v2, so requests for it are answered with 503',
      actual: 'v2',
      required: 'one of v1',
      fix: 'add the subset v2 to a DestinationRule for host cart, and apply it before this VirtualService',
    }]);
  });

  test('a rule for another host does not define it', () => {
    expect(told(SUBSET_UNDEFINED, documents(destinationRule('mail', { host: 'mail', spec: V1 }), to('v1'))).map(({ required }) => required)).toEqual(['a defined subset']);
  });

  test.each([
    ['in its own namespace', documents(destinationRule('cart', { spec: V1 }), to('v1'))],
    ['by the whole name of the host', documents(destinationRule('cart', { spec: V1, host: 'cart.shop.svc.cluster.local' }), to('v1'))],
    ['by a wildcard', documents(destinationRule('cart', { spec: V1, host: '*.shop.svc.cluster.local' }), to('v1'))],
    ['in the namespace of the Service', documents(destinationRule('cart', { namespace: 'store', spec: V1 }), to('v1', 'cart.store.svc.cluster.local'))],
    ['in the root namespace', documents(destinationRule('mail', { host: 'mail' }),
      destinationRule('cart', { namespace: 'istio-system', host: 'cart.shop.svc.cluster.local', spec: V1 }), to('v1'))],
    ['in a second rule', documents(destinationRule('a'), destinationRule('b', { spec: V1 }), to('v1'))],
  ])('a subset may be defined %s', (_case, yaml) => {
    expect(told(SUBSET_UNDEFINED, yaml)).toEqual([]);
  });

  test('a rule of a third namespace is not seen', () => {
    const third = destinationRule('cart', { namespace: 'other', host: 'cart.shop.svc.cluster.local', spec: V1 });
    expect(pathsOf(SUBSET_UNDEFINED, documents(destinationRule('mail', { host: 'mail' }), third, to('v1')))).toHaveLength(1);
  });

  test('where no DestinationRule of the namespace is read nothing is known', () => {
    expect(told(SUBSET_UNDEFINED, documents(destinationRule('cart', { namespace: 'other', spec: V1 }), to('v2')))).toEqual([]);
  });
});

describe('subset-selects-nothing', () => {
  const RULE = destinationRule('cart', { spec: V1 });
  const pods = (version: string, options = {}) => workload('cart', { labels: `app: cart, version: ${version}`, ...options });

  test('tells the labels, the host and the weight', () => {
    expect(told(SUBSET_SELECTS_NOTHING, documents(pods('v2'), service('cart'), RULE, to('v1')))).toEqual([{
      object: 'DestinationRule shop/cart',
      path: 'spec.subsets[0].labels',
      message: 'no pod behind host cart has the labels version=v1 of subset v1, which a VirtualService gives 100 of the weight: '
        + 'these requests are answered with 503',
      actual: 'version=v1',
      required: undefined,
      fix: 'give the subset labels that the pod template has, or the template those of the subset',
    }]);
  });

  test('a subset that two routes name is told once', () => {
    const route = '{ route: [{ destination: { host: cart, subset: v1 } }] }';
    expect(told(SUBSET_SELECTS_NOTHING, documents(pods('v2'), service('cart'), RULE, virtualService([route, route])))).toHaveLength(1);
  });

  test('pods that the Service does not select do not count', () => {
    expect(told(SUBSET_SELECTS_NOTHING, documents(pods('v2'), workload('mail', { labels: 'app: mail, version: v1' }), service('cart'), RULE, to('v1')))).toHaveLength(1);
  });

  test('a weight of 0 needs no pods, of 1 it does', () => {
    const weighted = (weight: number) => virtualService([`{ route: [{ destination: { host: cart, subset: v2 }, weight: ${100 - weight} }, `
      + `{ destination: { host: cart, subset: v1 }, weight: ${weight} }] }`]);
    const all = (weight: number) => told(SUBSET_SELECTS_NOTHING, documents(pods('v2'), service('cart'), RULE, weighted(weight)));
    expect(all(0)).toEqual([]);
    expect(all(1)).toHaveLength(1);
  });

  test.each([
    ['pods carry the labels', [pods('v1'), service('cart'), RULE, to('v1')]],
    ['a Pod carries them', [pods('v2'), service('cart'), 'apiVersion: v1\nkind: Pod\nmetadata: { name: p, namespace: shop, labels: { app: cart, version: v1 } }', RULE, to('v1')]],
    ['the Service is not read', [pods('v2'), RULE, to('v1')]],
    ['the pods are not read', [service('cart'), RULE, to('v1')]],
    ['an operator may make pods', [pods('v2'), OPERATED, service('cart'), RULE, to('v1')]],
    ['Flagger divides the pods', [pods('v2'), service('cart'), 'apiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata: { name: c, namespace: shop }', RULE, to('v1')]],
    ['Argo Rollouts divides them by this rule', [pods('v2', { kind: 'Rollout', spec: 'strategy: { canary: { trafficRouting: { istio: { destinationRule: { name: cart } } } } }' }),
      service('cart'), RULE, to('v1')]],
  ])('is silent where %s', (_case, texts) => {
    expect(told(SUBSET_SELECTS_NOTHING, documents(...texts))).toEqual([]);
  });
});
