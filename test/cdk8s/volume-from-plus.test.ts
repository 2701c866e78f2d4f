import { Chart, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { External, Security, Volume, ZeroDowntimeServiceProps } from 'zero-downtime';
import { problemsOf, serviceIn, temporaryChart } from './apps';

const WRITABLE = { security: Security.restricted({ writableRootFilesystem: true }) };

function podSpecOf(chart: Chart, props: Partial<ZeroDowntimeServiceProps>) {
  serviceIn(chart, 'payments', { ...WRITABLE, ...props });
  return Testing.synth(chart).find(({ kind }) => kind === 'Deployment').spec.template.spec;
}

const mounted = (make: (chart: Chart) => kplus.Volume, options = {}, externals?: External[]) => {
  const chart = temporaryChart();
  const { containers, volumes } = podSpecOf(chart, { volumes: { '/mnt/data': Volume.fromPlus(make(chart), options) }, externals });
  return { volume: volumes[0], mount: containers[0].volumeMounts[0] };
};

test('an emptyDir with a limit', () => {
  const { volume } = mounted((chart) => kplus.Volume.fromEmptyDir(chart, 'v', 'theirs', { sizeLimit: Size.mebibytes(10) }));
  expect(volume).toEqual({ name: 'mnt-data', emptyDir: { sizeLimit: '10Mi' } });
});

test('an emptyDir in memory', () => {
  const { volume, mount } = mounted((chart) => kplus.Volume.fromEmptyDir(chart, 'v', 'theirs', { medium: kplus.EmptyDirMedium.MEMORY }));
  expect(volume).toEqual({ name: 'mnt-data', emptyDir: { medium: 'Memory' } });
  expect(mount).toEqual({ name: 'mnt-data', mountPath: '/mnt/data' });
});

test('a ConfigMap with chosen files', () => {
  const { volume } = mounted((chart) => {
    const config = new kplus.ConfigMap(chart, 'config', { metadata: { name: 'shared' }, data: { a: '1' } });
    return kplus.Volume.fromConfigMap(chart, 'v', config, { items: { a: { path: 'a.txt' } }, defaultMode: 0o400 });
  });
  expect(volume).toEqual({ name: 'mnt-data', configMap: { name: 'shared', items: [{ key: 'a', path: 'a.txt' }], defaultMode: 0o400 } });
});

test('a Secret, read only where that is asked for', () => {
  const { volume, mount } = mounted(
    (chart) => kplus.Volume.fromSecret(chart, 'v', kplus.Secret.fromSecretName(chart, 's', 'tls')), { readOnly: true }, [External.secret('tls')]);
  expect(volume).toEqual({ name: 'mnt-data', secret: { secretName: 'tls' } });
  expect(mount).toEqual({ name: 'mnt-data', mountPath: '/mnt/data', readOnly: true });
});

test('a claim, of which a part is mounted', () => {
  const { volume, mount } = mounted((chart) =>
    kplus.Volume.fromPersistentVolumeClaim(chart, 'v', kplus.PersistentVolumeClaim.fromClaimName(chart, 'c', 'files')), { subPath: 'mine' });
  expect(volume.persistentVolumeClaim).toMatchObject({ claimName: 'files' });
  expect(mount.subPath).toBe('mine');
});

test('a path of the node', () => {
  const { volume } = mounted((chart) => kplus.Volume.fromHostPath(chart, 'v', 'v', { path: '/var/log' }));
  expect(volume.hostPath).toMatchObject({ path: '/var/log' });
});

test('a Secret that nobody creates is told of', () => {
  const chart = temporaryChart();
  const volume = kplus.Volume.fromSecret(chart, 'v', kplus.Secret.fromSecretName(chart, 's', 'tls'));
  serviceIn(chart, 'payments', { volumes: { '/tls': Volume.fromPlus(volume) } });
  expect(problemsOf(chart)).toEqual([expect.stringContaining('volume /tls refers to Secret "tls"')]);
});

test('one volume that is mounted twice is one volume', () => {
  const chart = temporaryChart();
  const shared = Volume.fromPlus(kplus.Volume.fromEmptyDir(chart, 'v', 'v'));
  expect(podSpecOf(chart, { volumes: { '/a': shared, '/b': shared } }).volumes).toHaveLength(1);
});

test('two emptyDirs are two volumes, however alike they are', () => {
  const chart = temporaryChart();
  const [a, b] = ['a', 'b'].map((name) => Volume.fromPlus(kplus.Volume.fromEmptyDir(chart, name, name)));
  expect(podSpecOf(chart, { volumes: { '/a': a, '/b': b } }).volumes).toEqual([{ name: 'a', emptyDir: {} }, { name: 'b', emptyDir: {} }]);
});

test('two volumes of one ConfigMap are two volumes, which may hold different files of it', () => {
  const chart = temporaryChart();
  const config = new kplus.ConfigMap(chart, 'config', { metadata: { name: 'shared' }, data: { a: '1', b: '2' } });
  const volumes = Object.fromEntries(['a', 'b'].map((name) =>
    [`/${name}`, Volume.fromPlus(kplus.Volume.fromConfigMap(chart, name, config, { items: { [name]: { path: 'file' } } }))]));
  expect(podSpecOf(chart, { volumes }).volumes.map((volume: any) => [volume.name, volume.configMap.items[0].key])).toEqual([['a', 'a'], ['b', 'b']]);
});

describe('one volume of cdk8s-plus that is taken over twice', () => {
  const twice = (make: (chart: Chart) => kplus.Volume) => {
    const chart = temporaryChart();
    const plus = make(chart);
    return { chart, volumes: { '/a': Volume.fromPlus(plus, { readOnly: true, subPath: 'x' }), '/b': Volume.fromPlus(plus) } };
  };
  const emptyDir = (chart: Chart) => kplus.Volume.fromEmptyDir(chart, 'v', 'v', { sizeLimit: Size.gibibytes(1) });

  test('is one volume, mounted in two ways', () => {
    const { chart, volumes } = twice(emptyDir);
    const spec = podSpecOf(chart, { volumes });
    expect(spec.volumes).toEqual([{ name: 'a', emptyDir: { sizeLimit: '1024Mi' } }]);
    expect(spec.containers[0].volumeMounts).toEqual([{ name: 'a', mountPath: '/a', subPath: 'x', readOnly: true }, { name: 'a', mountPath: '/b' }]);
  });

  test('is one volume for two containers', () => {
    const { chart, volumes: { '/a': a, '/b': b } } = twice(emptyDir);
    const init = { name: 'init', image: 'registry.example.com/init:1', ...WRITABLE, volumes: { '/out': b } };
    const spec = podSpecOf(chart, { volumes: { '/a': a }, initContainers: [init] });
    expect(spec.volumes).toHaveLength(1);
    expect(spec.initContainers[0].volumeMounts[0].name).toBe(spec.containers[0].volumeMounts[0].name);
  });

  test('keeps its limit in memory', () => {
    const { chart, volumes } = twice((scope) =>
      kplus.Volume.fromEmptyDir(scope, 'v', 'v', { medium: kplus.EmptyDirMedium.MEMORY, sizeLimit: Size.mebibytes(64) }));
    expect(podSpecOf(chart, { volumes }).volumes).toEqual([{ name: 'a', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } }]);
  });
});

test.each(['/absolute', '../up'])('the path %s inside of it is refused', (subPath) => {
  const volume = kplus.Volume.fromEmptyDir(temporaryChart(), 'v', 'v');
  expect(() => Volume.fromPlus(volume, { subPath })).toThrow(`Volume subPath "${subPath}" must be relative and hold no '..'`);
});
