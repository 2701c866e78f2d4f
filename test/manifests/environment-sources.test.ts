import { Env, EnvFrom, External, KubernetesVersion } from 'zero-downtime';
import { synthesize } from './synthesized';

const EXTERNALS = [External.secret('db'), External.configMap('shared')];
const sourceOf = (value: Env) => synthesize({ env: { SETTING: value } }).env.SETTING.valueFrom;

describe('a field of the pod', () => {
  test.each([
    'metadata.name', 'metadata.namespace', 'metadata.uid', 'metadata.labels[\'team\']', 'metadata.annotations[\'example.com/owner\']',
    'spec.nodeName', 'spec.serviceAccountName', 'status.hostIP', 'status.hostIPs', 'status.podIP', 'status.podIPs',
  ])('%s is one that the downward API offers', (fieldPath) => {
    expect(sourceOf(Env.field(fieldPath))).toEqual({ fieldRef: { fieldPath } });
  });

  test.each([
    '', 'name', 'metadata', 'metadata.labels', 'metadata.annotations', 'metadata.labels[team]', 'metadata.generateName',
    'spec.hostname', 'status.phase', 'status.podIP ', ' metadata.name', 'metadata.name.x', 'Metadata.name', 'metadata\\.name', 'metadataXname',
  ])('%j is refused, as the API server does', (path) => {
    expect(() => Env.field(path))
      .toThrow(`Env.field path ${JSON.stringify(path)} must be a field that the downward API offers, such as "metadata.name" or "status.podIP"`);
  });

  test('the host\'s addresses are refused below Kubernetes 1.29, which does not offer them', () => {
    const declare = (kubernetesVersion: KubernetesVersion) => synthesize({ kubernetesVersion, env: { HOST: Env.field('status.hostIPs') } });
    expect(() => declare(KubernetesVersion.V1_29)).not.toThrow();
    expect(() => declare(KubernetesVersion.V1_28)).toThrow(/hostIPs/);
  });
});

describe('a resource of the container', () => {
  test.each(['limits', 'requests'].flatMap((kind) => ['cpu', 'memory', 'ephemeral-storage'].map((name) => `${kind}.${name}`)))('%s is taken', (resource) => {
    expect(sourceOf(Env.resource(resource))).toEqual({ resourceFieldRef: { resource } });
  });

  test.each(['', 'memory', 'limits', 'limits.gpu', 'limit.memory', 'limits.memory ', 'limitsXmemory', 'limits.memory.x'])('%j is refused', (resource) => {
    expect(() => Env.resource(resource))
      .toThrow(`Env.resource ${JSON.stringify(resource)} must be limits or requests of cpu, memory or ephemeral-storage, such as "limits.memory"`);
  });

  test.each(['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'])('memory is given in units of %s', (divisor) => {
    expect(sourceOf(Env.resource('limits.memory', divisor))).toEqual({ resourceFieldRef: { resource: 'limits.memory', divisor } });
  });

  test.each(['1', '1m'])('CPU is given in units of %s', (divisor) => {
    expect(sourceOf(Env.resource('requests.cpu', divisor))).toEqual({ resourceFieldRef: { resource: 'requests.cpu', divisor } });
  });

  test.each(['', '2Mi', '10', '0', '1 Mi', '1mi', '1KI', '1u', '-1', 'Mi'])('the unit %j is refused', (divisor) => {
    expect(() => Env.resource('limits.memory', divisor))
      .toThrow(`Env.resource divisor ${JSON.stringify(divisor)} must be "1" or "1m" for CPU, and "1" with a unit such as "1Mi" for others`);
  });

  test.each([['limits.cpu', '1Mi'], ['requests.cpu', '1k'], ['limits.memory', '1m'], ['requests.ephemeral-storage', '1m']])(
    '%s in units of %s is refused, as the API server does', (resource, divisor) => {
      expect(() => Env.resource(resource, divisor)).toThrow(/divisor/);
    });
});

describe('a prefix of variables', () => {
  const prefixOf = (source: EnvFrom) => synthesize({ envFrom: [source], externals: EXTERNALS }).container.envFrom[0].prefix;

  test.each(['DB_', '_', 'a', 'A1'])('%j begins a name that Kubernetes takes', (prefix) => {
    expect(prefixOf(EnvFrom.secret('db', prefix))).toBe(prefix);
    expect(prefixOf(EnvFrom.config('shared', prefix))).toBe(prefix);
  });

  test.each(['1_', 'a-', 'a.', 'a b', '=', 'ä'])('%j is refused', (prefix) => {
    for (const make of [EnvFrom.secret, EnvFrom.config]) {
      expect(() => make('shared', prefix)).toThrow(`EnvFrom prefix "${prefix}" must be letters, digits or '_', not starting with a digit`);
    }
  });

  test('none is written where none or an empty one is given', () => {
    expect([prefixOf(EnvFrom.secret('db')), prefixOf(EnvFrom.secret('db', ''))].filter((prefix) => prefix)).toEqual([]);
  });
});
