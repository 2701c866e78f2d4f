import { destinationRule, OPERATED, service, workload } from './manifests';
import { documents, pathsOf, told } from './told';
import { SERVICE_SELECTS_NOTHING } from '../../../src/checks/traffic/service-selects-nothing';
import { SERVICE_SELECTS_SEVERAL } from '../../../src/checks/traffic/service-selects-several';

const CANARY = `
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: cart, namespace: shop }
spec: { targetRef: { apiVersion: apps/v1, kind: Deployment, name: cart } }
`;

describe('service-selects-nothing', () => {
  const nothing = (...texts: string[]) => pathsOf(SERVICE_SELECTS_NOTHING, documents(...texts));
  const WRONG = service('cart', { selector: 'app: kart, tier: web' });

  test('tells the selector, and the workload that no Service selects', () => {
    expect(told(SERVICE_SELECTS_NOTHING, documents(workload('cart'), WRONG))).toEqual([{
      object: 'Service shop/cart',
      path: 'spec.selector',
      message: 'no pod template of namespace shop has the labels app=kart, tier=web, so the Service has no endpoint and refuses connections, '
        + 'while no Service selects Deployment cart',
      actual: 'app=kart, tier=web',
      required: undefined,
      fix: 'write labels in spec.selector that the template of Deployment cart has',
    }]);
  });

  test('names every workload that no Service selects and that listens', () => {
    const worker = workload('worker').replace('ports: [{ name: http, containerPort: 8080 }]', 'ports: []');
    const [found] = told(SERVICE_SELECTS_NOTHING, documents(workload('cart'), workload('mail'), worker, WRONG));
    expect([found.message.split('while ')[1], found.fix]).toEqual([
      'no Service selects Deployment cart, Deployment mail', 'write labels in spec.selector that the template of its workload has',
    ]);
  });

  test('every label must be carried, not just one', () => {
    const tiers = (tier: string) => documents(workload('cart', { labels: 'app: cart, tier: web' }), service('cart', { selector: `app: cart, tier: ${tier}` }));
    expect(nothing(tiers('api'))).toEqual(['Service shop/cart spec.selector']);
    expect(nothing(tiers('web'))).toEqual([]);
  });

  test('pods of another namespace do not count', () => {
    expect(nothing(workload('cart', { namespace: 'other' }), workload('mail'), service('cart'))).toEqual(['Service shop/cart spec.selector']);
  });

  test.each([
    ['no workload of its namespace is read', [WRONG]],
    ['every workload that listens has a Service', [workload('cart'), service('cart'), service('old', { selector: 'app: old' })]],
    ['it has no selector', [workload('cart'), 'apiVersion: v1\nkind: Service\nmetadata: { name: db, namespace: shop }\nspec: { ports: [{ port: 80 }] }']],
    ['a Pod carries the labels', [workload('cart'), WRONG, 'apiVersion: v1\nkind: Pod\nmetadata: { name: p, namespace: shop, labels: { app: kart, tier: web } }']],
    ['a CronJob\'s pods carry the labels', [workload('cart'), WRONG, 'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: j, namespace: shop }\n'
      + 'spec: { jobTemplate: { spec: { template: { metadata: { labels: { app: kart, tier: web } } } } } }']],
    ['an operator may make the pods', [workload('cart'), WRONG, OPERATED]],
  ])('is silent where %s', (_case, texts) => {
    expect(nothing(...texts)).toEqual([]);
  });

  test.each(['rollouts-pod-template-hash: 7bf84f9696', 'statefulset.kubernetes.io/pod-name: cart-0'])('a label that a controller adds may be asked for: %s', (label) => {
    expect(nothing(workload('cart', { kind: 'StatefulSet' }), workload('mail'), service('cart', { selector: `app: cart, ${label}` }))).toEqual([]);
  });

  test('a label that a Rollout gives to its canary pods may be asked for', () => {
    const rollout = (role: string) => workload('cart', { kind: 'Rollout', spec: `strategy: { canary: { canaryMetadata: { labels: { role: ${role} } } } }` });
    const canary = service('cart-canary', { selector: 'app: cart, role: canary' });
    expect(nothing(rollout('canary'), canary)).toEqual([]);
    expect(nothing(rollout('preview'), canary)).toEqual(['Service shop/cart-canary spec.selector']);
  });

  test('the pods that Flagger renames may be asked for, of its target alone', () => {
    const primary = (name: string) => service(name, { selector: `app: ${name}` });
    expect(nothing(workload('cart'), CANARY, primary('cart-primary'))).toEqual([]);
    expect(nothing(workload('cart'), CANARY, primary('mail-primary'))).toEqual(['Service shop/mail-primary spec.selector']);
  });
});

describe('service-selects-several', () => {
  const several = (...texts: string[]) => pathsOf(SERVICE_SELECTS_SEVERAL, documents(...texts));
  const SHARED = service('cart', { selector: 'part-of: shop' });
  const part = (name: string, options = {}) => workload(name, { labels: `app: ${name}, part-of: shop`, ...options });

  test('names the workloads', () => {
    expect(told(SERVICE_SELECTS_SEVERAL, documents(part('cart'), part('mail', { kind: 'StatefulSet' }), SHARED))).toEqual([{
      object: 'Service shop/cart',
      path: 'spec.selector',
      message: 'selects the pods of Deployment cart and StatefulSet mail, so each gets requests in proportion to its pods',
      actual: '2 workloads',
      required: '1 workload',
      fix: 'add a label to spec.selector that only the pods of one of them carry',
    }]);
  });

  test.each([
    ['one workload', [part('cart'), workload('mail'), SHARED]],
    ['two versions of one program', [part('cart-v1'), part('cart-v2'), SHARED]],
    ['a primary and its canary', [part('cart'), part('cart-primary'), SHARED]],
    ['another namespace', [part('cart'), part('mail', { namespace: 'other' }), SHARED]],
    ['a headless Service', [part('cart'), part('mail'), service('cart', { selector: 'part-of: shop', spec: 'clusterIP: None' })]],
    ['a host that is divided into subsets', [part('cart'), part('mail'), SHARED, destinationRule('cart', { spec: 'subsets: [{ name: a, labels: { app: cart } }]' })]],
    ['a Deployment that a Rollout has taken over', [part('cart'), part('checkout', { kind: 'Rollout', spec: 'workloadRef: { kind: Deployment, name: cart }' }), SHARED]],
  ])('is silent for %s', (_case, texts) => {
    expect(several(...texts)).toEqual([]);
  });
});
