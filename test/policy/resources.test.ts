import type { Resource } from './engine';
import { changed, policiesOf, resourcesOf, violationsOf } from './stack';
import { kubernetesTypeOf } from '../../src/policy/resource-type';
import { inside } from '../verify/verdicts/manifests';

const FIRST_LINE = /^.*\n/;

async function told(resources: readonly Resource[], policy: string): Promise<readonly string[]> {
  return (await violationsOf(resources)).filter((violation) => violation.policy === policy).map(({ message }) => message.replace(FIRST_LINE, ''));
}

describe('a type', () => {
  test.each<[string, object]>([
    ['kubernetes:apps/v1:Deployment', { apiVersion: 'apps/v1', kind: 'Deployment', role: 'object' }],
    ['kubernetes:core/v1:Service', { apiVersion: 'v1', kind: 'Service', role: 'object' }],
    ['kubernetes:networking.istio.io/v1:VirtualService', { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', role: 'object' }],
    ['kubernetes:apps/v1:DeploymentPatch', { apiVersion: 'apps/v1', kind: 'Deployment', role: 'patch' }],
    ['kubernetes:helm.sh/v3:Release', { role: 'release' }],
    ...['helm.sh/v3:Chart', 'helm.sh/v4:Chart', 'yaml:ConfigFile', 'yaml/v2:ConfigGroup', 'kustomize:Directory', 'kustomize/v2:Directory']
      .map((type): [string, object] => [`kubernetes:${type}`, { role: 'component' }]),
  ])('%s is understood', (type, meant) => {
    expect(kubernetesTypeOf(type, undefined)).toMatchObject(meant);
  });

  test.each(['aws:rds/instance:Instance', 'pulumi:providers:kubernetes', 'pulumi:pulumi:Stack', 'eks:index:Cluster', 'kubernetes', 'kubernetes:a:b:c'])('%s is of no object', (type) => {
    expect(kubernetesTypeOf(type, undefined)).toBeUndefined();
  });

  test('tells a patch from a kind whose name ends so', () => {
    expect(kubernetesTypeOf('kubernetes:example.com/v1:EnvoyPatch', 'EnvoyPatch')).toMatchObject({ kind: 'EnvoyPatch', role: 'object' });
    expect(kubernetesTypeOf('kubernetes:example.com/v1:EnvoyPatch', 'Envoy')).toMatchObject({ kind: 'Envoy', role: 'patch' });
  });
});

test('a patch is not judged as if it were the object, and that is told', async () => {
  const patch = { type: 'kubernetes:apps/v1:DeploymentPatch', name: 'patch', props: { ...resourcesOf(inside())[0].props, spec: { replicas: 3 } } };
  expect(await policiesOf([patch])).toEqual(['not-judged']);
  expect(await told([patch], 'not-judged')).toEqual(['not judged: only some fields of the Deployment are declared here; check the object with zero-downtime check']);
});

test('a Release cannot be looked into, and that is told', async () => {
  expect(await told([{ type: 'kubernetes:helm.sh/v3:Release', name: 'redis', props: { chart: 'redis' } }], 'not-judged')).toEqual([
    'not judged: Helm renders the chart of a Release out of sight; use a Chart, or check the output of helm template',
  ]);
});

test('a component holds nothing itself', async () => {
  expect(await policiesOf([{ type: 'kubernetes:yaml/v2:ConfigGroup', name: 'all', props: { resources: [] } }])).toEqual([]);
});

test('an object of which apiVersion and kind are not told is what its type says', async () => {
  const untyped = resourcesOf(inside({ preStop: '' })).map(({ props: { apiVersion, kind, ...props }, ...resource }) => ({ ...resource, props }));
  expect(await policiesOf(untyped)).toContain('missing-pre-stop');
});

test('the items of a list are judged, and told at the list', async () => {
  const items = resourcesOf(inside({ preStop: '' })).map(({ props }) => props);
  const list = { type: 'kubernetes:core/v1:List', name: 'all', props: { apiVersion: 'v1', kind: 'List', items } };
  const violations = await violationsOf([list]);
  expect(violations.find(({ policy }) => policy === 'missing-pre-stop')?.urn).toBe('urn:pulumi:dev::shop::kubernetes:core/v1:List::all');
});

describe('what cannot be read is one sentence at its resource', () => {
  const [deployment, service] = resourcesOf(inside());
  const deep = (levels: number): unknown => levels === 0 ? 1 : { a: deep(levels - 1) };

  test.each<[string, Record<string, unknown>, string]>([
    ['a number in quotes', { spec: { replicas: '4' } }, 'spec.replicas "4" must be a whole number, not a text; remove the quotes'],
    ['a list for a map', { spec: { selector: { matchLabels: [] } } }, 'spec.selector.matchLabels must be a map, not a list'],
    ['no kind', { kind: 7 }, 'kind must be a text such as Deployment; give it one'],
    ['metadata that are none', { metadata: 'x' }, 'metadata must be a map; give it a name'],
    ['a name that is a number', { metadata: { name: 7 } }, 'metadata.name must be a text; put it in quotes'],
    ['labels that are a list', { metadata: { name: 'x', labels: ['x'] } }, 'metadata.labels must be a map, not a list'],
    ['too many levels', { spec: deep(300) }, 'its properties must have at most 200 levels and 1000000 values; it is not judged'],
  ])('%s', async (_, props, sentence) => {
    const bad = { ...deployment, props: { ...deployment.props, ...props } };
    const violations = await violationsOf([bad, service]);
    expect(violations.filter(({ policy }) => policy === 'unreadable').map(({ message, level }) => [message.replace(FIRST_LINE, ''), level])).toEqual([
      [expect.stringContaining(sentence), 'mandatory'],
    ]);
  });

  test('and nothing else is told of its cluster, where it might be what others refer to', async () => {
    const bad = { ...deployment, props: { ...deployment.props, metadata: 'x' } };
    expect(await policiesOf([bad, service])).toEqual(['unreadable']);
  });
});

test.each([
  ['keys of prototypes', JSON.parse('{"__proto__":{"a":1},"constructor":{"prototype":{"b":1}},"toString":"x","metadata":{"name":"x","labels":{"__proto__":"y"}}}')],
  ['signs of proxies', { __isSpecialProxy: true, __getSpecialProxyTarget: { a: 1 }, metadata: { name: 'x', __isSpecialProxy: true } }],
  ['nothing', {}], ['nulls', { metadata: null, spec: null }], ['very many values', { metadata: { name: 'x' }, data: Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [i, 'x'])) }],
])('properties with %s crash nothing', async (_, props) => {
  for (const type of ['kubernetes:core/v1:ConfigMap', 'kubernetes:apps/v1:Deployment', 'aws:rds/instance:Instance', 'kubernetes:core/v1:ConfigMapList']) {
    await expect(violationsOf([{ type, name: 'x', props }])).resolves.toBeDefined();
  }
});

test('a rule that fails is told in a sentence, and crashes nothing', async () => {
  const env = [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'x', key: { a: 'map' } } } }];
  const violations = await violationsOf(resourcesOf(inside()).map((resource) => resource.props.kind !== 'Deployment' ? resource
    : { ...resource, props: changed(resource.props, ['spec', 'template', 'spec', 'containers', 0, 'env'], env) }));
  const message = violations.find(({ policy }) => policy === 'unreadable')?.message ?? '';
  expect(message).not.toMatch(/^\s+at /m);
});
