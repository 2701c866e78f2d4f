import { Size } from 'cdk8s';
import { External, Security, Volume } from 'zero-downtime';
import { synthesize } from './synthesized';

const EXTERNALS = [External.secret('tls'), External.secret('tls.internal'), External.secret('tls-internal'), External.configMap('shared')];
const WRITABLE = Security.restricted({ writableRootFilesystem: true });
const mounted = (volumes: Record<string, Volume>) => {
  const { container, podSpec } = synthesize({ volumes, externals: EXTERNALS, security: WRITABLE });
  return { mounts: container.volumeMounts, volumes: podSpec.volumes };
};

describe('sources', () => {
  test.each<[string, Volume, object]>([
    ['an emptyDir', Volume.emptyDir(), { name: 'data', emptyDir: {} }],
    ['an emptyDir with a limit', Volume.emptyDir(Size.gibibytes(1)), { name: 'data', emptyDir: { sizeLimit: '1Gi' } }],
    ['memory', Volume.memory(), { name: 'data', emptyDir: { medium: 'Memory' } }],
    ['memory with a limit', Volume.memory(Size.mebibytes(64)), { name: 'data', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } }],
    ['a ConfigMap', Volume.config('shared'), { name: 'config-shared', configMap: { name: 'shared' } }],
    ['a Secret', Volume.secret('tls'), { name: 'secret-tls', secret: { secretName: 'tls' } }],
    ['a claim', Volume.claim('files'), { name: 'claim-files', persistentVolumeClaim: { claimName: 'files' } }],
  ])('%s', (_, volume, rendered) => {
    expect(mounted({ '/data': volume }).volumes).toEqual([rendered]);
  });

  test('one of the service\'s own ConfigMaps is mounted by its hashed name', () => {
    const synthesized = synthesize({ configMaps: { rules: { 'a.yaml': 'a: 1' } }, volumes: { '/rules': Volume.config('rules') } });
    const { name } = synthesized.find('ConfigMap').metadata;
    expect(synthesized.podSpec.volumes[0]).toEqual({ name: 'config-rules', configMap: { name } });
  });
});

describe('mounts', () => {
  test('a ConfigMap and a Secret are read only, an emptyDir and a claim are not', () => {
    const { mounts } = mounted({
      '/c': Volume.config('shared'), '/s': Volume.secret('tls'), '/e': Volume.emptyDir(), '/p': Volume.claim('files'),
    });
    expect(mounts).toEqual([
      { name: 'config-shared', mountPath: '/c', readOnly: true },
      { name: 'secret-tls', mountPath: '/s', readOnly: true },
      { name: 'e', mountPath: '/e' },
      { name: 'claim-files', mountPath: '/p' },
    ]);
  });

  test('what is declared wins', () => {
    const { mounts } = mounted({ '/c': Volume.config('shared', { readOnly: false }), '/p': Volume.claim('files', { readOnly: true }) });
    expect(mounts).toEqual([{ name: 'config-shared', mountPath: '/c' }, { name: 'claim-files', mountPath: '/p', readOnly: true }]);
  });

  test('a part of a volume is mounted by its path in it', () => {
    const { mounts } = mounted({ '/etc/app/tls.crt': Volume.secret('tls', { subPath: 'tls.crt' }) });
    expect(mounts).toEqual([{ name: 'secret-tls', mountPath: '/etc/app/tls.crt', subPath: 'tls.crt', readOnly: true }]);
  });

  test.each(['/absolute', '/', '../up', 'a/../b', 'a/..', '..'])('the path %j inside a volume is refused, as the API server does', (subPath) => {
    for (const make of [Volume.claim, Volume.config, Volume.secret]) {
      expect(() => make('files', { subPath })).toThrow(`Volume subPath "${subPath}" must be relative and hold no '..'`);
    }
  });

  test.each(['a', 'a/b', 'a..b', '..a', '...', '.hidden/a'])('the path %j inside a volume is written', (subPath) => {
    expect(mounted({ '/data': Volume.claim('files', { subPath }) }).mounts[0].subPath).toBe(subPath);
  });
});

describe('sharing', () => {
  test('what is mounted twice of one source is one volume', () => {
    const { mounts, volumes } = mounted({
      '/a': Volume.secret('tls', { subPath: 'tls.crt' }), '/b': Volume.secret('tls', { subPath: 'tls.key' }),
    });
    expect(volumes).toEqual([{ name: 'secret-tls', secret: { secretName: 'tls' } }]);
    expect(mounts.map(({ name }: any) => name)).toEqual(['secret-tls', 'secret-tls']);
  });

  test('a Secret and a ConfigMap of one name are two volumes', () => {
    const externals = [External.secret('shared'), External.configMap('shared')];
    const { podSpec } = synthesize({ volumes: { '/a': Volume.secret('shared'), '/b': Volume.config('shared') }, externals, security: WRITABLE });
    expect(podSpec.volumes.map(({ name }: any) => name)).toEqual(['secret-shared', 'config-shared']);
  });

  test('an emptyDir is shared where the same Volume is given twice, and only there', () => {
    const shared = Volume.emptyDir();
    expect(mounted({ '/a': shared, '/b': shared }).volumes).toEqual([{ name: 'a', emptyDir: {} }]);
    expect(mounted({ '/a': Volume.emptyDir(), '/b': Volume.emptyDir() }).volumes).toHaveLength(2);
  });
});

describe('names', () => {
  test('paths that look alike get names of their own', () => {
    const paths = ['/var/data', '/var-data', '/var_data', '/VAR/DATA'];
    const { volumes } = mounted(Object.fromEntries(paths.map((path) => [path, Volume.emptyDir()])));
    expect(volumes.map(({ name }: any) => name)).toEqual(['var-data', 'var-data-2', 'var-data-3', 'var-data-4']);
  });

  test('objects whose names look alike get names of their own', () => {
    const { volumes } = mounted({ '/a': Volume.secret('tls.internal'), '/b': Volume.secret('tls-internal') });
    expect(volumes.map(({ name }: any) => name)).toEqual(['secret-tls-internal', 'secret-tls-internal-2']);
  });

  test.each([
    '/', '/...', '/-', '/ä/ö', '/a b', '/\u202e', '/emoji/🚀', '/a\nb', `${'/long'.repeat(80)}`, `/${'a'.repeat(49)}/b`, '/-lead-/-trail-', '/1',
  ])('a volume at %j has a name that Kubernetes takes', (path) => {
    const { mounts, volumes } = mounted({ [path]: Volume.emptyDir(), '/other': Volume.emptyDir() });
    expect(mounts[0]).toEqual({ name: volumes[0].name, mountPath: path });
    expect(volumes[0].name).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
    expect(volumes[0].name).not.toBe(volumes[1].name);
  });

  test.each(['relative', '', './here', '/a:b', '/a\0b', '/a/', '/tmp/', '/a//', '//'])('the path %j is refused', (path) => {
    expect(() => mounted({ [path]: Volume.emptyDir() }))
      .toThrow(`[chart/payments] volume path ${JSON.stringify(path)} must be absolute, hold no ':' and not end with '/'`);
  });

  test('the path of a companion is refused with its name', () => {
    const initContainers = [{ name: 'init', image: 'registry.example.com/init:1', volumes: { '/out/': Volume.emptyDir() } }];
    expect(() => synthesize({ initContainers })).toThrow(/init.* volume path "\/out\/" must be absolute, hold no ':' and not end with '\/'/);
  });

  test('long paths that differ only at their end get names of their own', () => {
    const long = '/deep'.repeat(20);
    const { volumes } = mounted({ [`${long}/a`]: Volume.emptyDir(), [`${long}/b`]: Volume.emptyDir() });
    expect(new Set(volumes.map(({ name }: any) => name)).size).toBe(2);
  });
});
