import { Testing } from 'cdk8s';
import { ConfigMap, EnvValue, Secret, Volume as PlusVolume } from 'cdk8s-plus-27';
import { planned, problemsOf, Props } from './declare';
import { Env, EnvFrom } from '../../src/spec/env';
import { External } from '../../src/spec/external';
import { Traffic } from '../../src/spec/traffic/traffic';
import { Volume } from '../../src/spec/volume';

const openIn = (props: Props) => planned(props).planned.openReferences;
const configMapOf = (name: string) => ConfigMap.fromConfigMapName(Testing.chart(), 'config', name);
const secretOf = (name: string) => Secret.fromSecretName(Testing.chart(), 'secret', name);

describe('a reference is left to the app', () => {
  test.each<[string, Props, object]>([
    ['a secret key', { env: { URL: Env.secretKey('db', 'url') } }, { kind: 'Secret', name: 'db', key: 'url', usedBy: 'env URL' }],
    ['a config key', { env: { FLAG: Env.configKey('flags', 'a') } }, { kind: 'ConfigMap', name: 'flags', key: 'a', usedBy: 'env FLAG' }],
    ['all of a Secret', { envFrom: [EnvFrom.secret('db')] }, { kind: 'Secret', name: 'db', usedBy: 'envFrom' }],
    ['all of a ConfigMap', { envFrom: [EnvFrom.config('flags')] }, { kind: 'ConfigMap', name: 'flags', usedBy: 'envFrom' }],
    ['a mounted Secret', { volumes: { '/tls': Volume.secret('tls') } }, { kind: 'Secret', name: 'tls', usedBy: 'volume /tls' }],
    ['a mounted ConfigMap', { volumes: { '/etc/a': Volume.config('a') } }, { kind: 'ConfigMap', name: 'a', usedBy: 'volume /etc/a' }],
    ['a pull secret', { imagePullSecrets: ['registry'] }, { kind: 'Secret', name: 'registry', usedBy: 'imagePullSecrets' }],
    ['a TLS secret', { traffic: [Traffic.ingressNginx({ hosts: ['a.example'], tlsSecret: 'tls' })] },
      { kind: 'Secret', name: 'tls', usedBy: 'ingressNginx.tlsSecret' }],
    ['a sidecar\'s', { sidecars: [{ name: 'logs', image: 'logs:1', env: { KEY: Env.secretKey('logs', 'key') } }] },
      { kind: 'Secret', name: 'logs', key: 'key', usedBy: 'logs env KEY' }],
    ['an init container\'s', { initContainers: [{ name: 'warm', image: 'warm:1', envFrom: [EnvFrom.config('warm')] }] },
      { kind: 'ConfigMap', name: 'warm', usedBy: 'warm envFrom' }],
    ['a value of cdk8s-plus', { env: { A: Env.fromPlus(EnvValue.fromSecretValue({ secret: secretOf('db'), key: 'url' })) } },
      { kind: 'Secret', name: 'db', key: 'url', usedBy: 'env A' }],
    ['a volume of cdk8s-plus', { volumes: { '/a': Volume.fromPlus(PlusVolume.fromSecret(Testing.chart(), 'v', secretOf('files'))) } },
      { kind: 'Secret', name: 'files', usedBy: 'volume /a' }],
    ['a config value of cdk8s-plus', { env: { A: Env.fromPlus(EnvValue.fromConfigMap(configMapOf('flags'), 'a')) } },
      { kind: 'ConfigMap', name: 'flags', key: 'a', usedBy: 'env A' }],
    ['a config volume of cdk8s-plus', { volumes: { '/a': Volume.fromPlus(PlusVolume.fromConfigMap(Testing.chart(), 'v', configMapOf('files'))) } },
      { kind: 'ConfigMap', name: 'files', usedBy: 'volume /a' }],
  ])('where it names %s', (_, props, reference) => {
    expect(openIn(props)).toEqual([reference]);
  });
});

describe('a reference is not left to the app', () => {
  test.each<[string, Props]>([
    ['literal values and fields', { env: { A: Env.value('a'), B: Env.field('metadata.name'), C: Env.resource('limits.memory') } }],
    ['an optional value of cdk8s-plus', {
      env: { A: Env.fromPlus(EnvValue.fromSecretValue({ secret: secretOf('db'), key: 'url' }, { optional: true })) },
    }],
    ['volumes that name no object', { volumes: { '/a': Volume.emptyDir(), '/b': Volume.memory(), '/c': Volume.claim('data') } }],
    ['an own ConfigMap', { configMaps: { flags: { a: '1' } }, env: { A: Env.configKey('flags', 'a') }, envFrom: [EnvFrom.config('flags')] }],
    ['an own ConfigMap mounted', { configMaps: { flags: {} }, volumes: { '/etc/flags': Volume.config('flags') } }],
    ['an external Secret of unknown keys', { externals: [External.secret('db')], env: { A: Env.secretKey('db', 'anything') } }],
    ['an external Secret of known keys', { externals: [External.secret('db', ['url'])], env: { A: Env.secretKey('db', 'url') } }],
    ['an external ConfigMap', { externals: [External.configMap('flags', ['a'])], volumes: { '/a': Volume.config('flags') } }],
  ])('where it is for %s', (_, props) => {
    expect(openIn(props)).toEqual([]);
  });
});

describe('a missing key is refused', () => {
  test('in an own ConfigMap, with the keys that there are', () => {
    expect(problemsOf({ configMaps: { flags: { a: '1', b: '2' } }, env: { A: Env.configKey('flags', 'c') } })).toEqual([
      'env A refers to key "c" of ConfigMap "flags", which does not exist; it has a, b',
    ]);
  });

  test('in an external Secret', () => {
    expect(problemsOf({ externals: [External.secret('db', ['url'])], env: { A: Env.secretKey('db', 'URL') } }))
      .toEqual(['env A refers to key "URL" of Secret "db", which does not exist; it has url']);
  });

  test('in an object without keys', () => {
    expect(problemsOf({ externals: [External.secret('db', [])], env: { A: Env.secretKey('db', 'url') } }))
      .toEqual(['env A refers to key "url" of Secret "db", which does not exist; it has none']);
  });

  test('with at most twenty of the keys that there are', () => {
    const keys = Array.from({ length: 21 }, (_, i) => `k${i}`);
    const [problem] = problemsOf({ externals: [External.secret('db', keys)], env: { A: Env.secretKey('db', 'url') } });
    expect(problem).toContain('k19');
    expect(problem).not.toContain('k20');
  });

  test('in a value of cdk8s-plus', () => {
    const env = { A: Env.fromPlus(EnvValue.fromSecretValue({ secret: secretOf('db'), key: 'nope' })) };
    expect(problemsOf({ externals: [External.secret('db', ['url'])], env }))
      .toEqual(['env A refers to key "nope" of Secret "db", which does not exist; it has url']);
  });
});

test('an external ConfigMap does not stand for a Secret of the same name', () => {
  expect(openIn({ externals: [External.configMap('db')], env: { A: Env.secretKey('db', 'url') } })).toHaveLength(1);
});

test('an own ConfigMap does not stand for a Secret of the same name', () => {
  expect(openIn({ configMaps: { db: {} }, envFrom: [EnvFrom.secret('db')] })).toHaveLength(1);
});
