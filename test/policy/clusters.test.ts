import { UNKNOWN, type Resource } from './engine';
import { policiesOf, resourcesOf, violationsOf } from './stack';
import { inside, manifests, SERVICE } from '../verify/verdicts/manifests';

const DEPLOYMENT = resourcesOf(manifests())[0];
const OF_SERVICE = resourcesOf(SERVICE)[0];
const ADVISED = ['missing-requests', 'no-disruption-budget', 'release-unknown'];

function by(resource: Resource, name: string, props: Record<string, unknown> = {}): Resource {
  return { ...resource, provider: { name, props } };
}

describe('objects of different clusters are not related', () => {
  test.each([
    ['kubeconfigs', { kubeconfig: 'a' }, { kubeconfig: 'b' }], ['contexts', { context: 'a' }, { context: 'b' }], ['clusters of a kubeconfig', { cluster: 'a' }, { cluster: 'b' }],
    ['kubeconfigs that are not known yet', { kubeconfig: UNKNOWN }, { kubeconfig: UNKNOWN }], ['a folder and a cluster', { renderYamlToDirectory: 'out' }, {}],
  ])('where the providers have different %s', async (_, one, other) => {
    expect(await policiesOf([by(DEPLOYMENT, 'east', one), by(OF_SERVICE, 'west', other)])).toEqual([]);
  });

  test('so that each has its own findings', async () => {
    const bad = resourcesOf(inside({ preStop: '' })).map((resource) => by({ ...resource, name: `west-${resource.name}` }, 'west', { context: 'west' }));
    const violations = await violationsOf([...resourcesOf(inside()).map((resource) => by(resource, 'east', { context: 'east' })), ...bad], { severity: 'error' });
    expect(violations.filter(({ policy }) => policy === 'missing-pre-stop').map(({ urn }) => urn.split('::').pop())).toEqual(['west-shop/payments']);
  });
});

describe('objects of one cluster are related', () => {
  test.each([
    ['no provider of their own', undefined, undefined], ['two default providers', {}, {}], ['providers with one kubeconfig', { kubeconfig: 'a' }, { kubeconfig: 'a' }],
  ])('where they have %s', async (_, one, other) => {
    expect(await policiesOf([one ? by(DEPLOYMENT, 'a', one) : DEPLOYMENT, other ? by(OF_SERVICE, 'b', other) : OF_SERVICE])).toEqual(ADVISED);
  });

  test('where the namespace is that of the provider', async () => {
    const { namespace, ...metadata } = OF_SERVICE.props.metadata as Record<string, unknown>;
    const service = { ...OF_SERVICE, props: { ...OF_SERVICE.props, metadata } };
    expect(namespace).toBe('shop');
    expect(await policiesOf([by(DEPLOYMENT, 'a'), by(service, 'b', { namespace: 'shop' })])).toEqual(ADVISED);
    expect(await policiesOf([by(DEPLOYMENT, 'a'), by(service, 'b')])).toEqual([]);
  });
});

describe('a workload that an assumption names', () => {
  const resources = [...resourcesOf(inside()), ...resourcesOf(inside().replaceAll('payments', 'billing')).map((resource) => by(resource, 'west', { context: 'west' }))];

  test('may be in any of the clusters', async () => {
    expect(await policiesOf(resources, { assume: { 'shop/billing:nodes': 3, 'shop/payments:nodes': 3 } })).not.toContain('unreadable');
  });

  test('must be in one of them', async () => {
    const violations = await violationsOf(resources, { assume: { 'shop/biling:nodes': 3 } });
    expect(violations.filter(({ policy }) => policy === 'unreadable').map(({ message }) => message)).toEqual([
      'Every Kubernetes object can be read.\nassume: "shop/biling" is no workload among the objects; did you mean "shop/billing"?',
    ]);
  });
});
