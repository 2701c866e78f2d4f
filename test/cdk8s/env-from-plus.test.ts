import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Env, External, ZeroDowntimeServiceProps } from 'zero-downtime';
import { problemsOf, serviceIn, temporaryChart } from './apps';

function podSpecOf(chart: Chart, props: Partial<ZeroDowntimeServiceProps>) {
  serviceIn(chart, 'payments', props);
  return Testing.synth(chart).find(({ kind }) => kind === 'Deployment').spec.template.spec;
}

const valueOf = (make: (chart: Chart) => kplus.EnvValue, externals?: External[]) => {
  const chart = temporaryChart();
  const { env } = podSpecOf(chart, { env: { SETTING: Env.fromPlus(make(chart)) }, externals }).containers[0];
  return env.find(({ name }: any) => name === 'SETTING');
};

test('a literal value', () => {
  expect(valueOf(() => kplus.EnvValue.fromValue('on'))).toEqual({ name: 'SETTING', value: 'on' });
});

test('a key of a Secret of the app', () => {
  const make = (chart: Chart) => new kplus.Secret(chart, 'db', { metadata: { name: 'db' }, stringData: { url: 'x' } }).envValue('url');
  expect(valueOf(make)).toEqual({ name: 'SETTING', valueFrom: { secretKeyRef: { name: 'db', key: 'url' } } });
});

test('a key of a Secret that something else creates', () => {
  const make = (chart: Chart) => kplus.EnvValue.fromSecretValue({ secret: kplus.Secret.fromSecretName(chart, 'db', 'db'), key: 'url' });
  expect(valueOf(make, [External.secret('db', ['url'])])).toEqual({ name: 'SETTING', valueFrom: { secretKeyRef: { name: 'db', key: 'url' } } });
});

test('a key of a ConfigMap', () => {
  const make = (chart: Chart) =>
    kplus.EnvValue.fromConfigMap(new kplus.ConfigMap(chart, 'shared', { metadata: { name: 'shared' }, data: { mode: 'x' } }), 'mode');
  expect(valueOf(make)).toEqual({ name: 'SETTING', valueFrom: { configMapKeyRef: { name: 'shared', key: 'mode' } } });
});

test('a field of the pod', () => {
  expect(valueOf(() => kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_IP)))
    .toEqual({ name: 'SETTING', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } });
  expect(valueOf(() => kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_LABEL, { key: 'team' })))
    .toEqual({ name: 'SETTING', valueFrom: { fieldRef: { fieldPath: 'metadata.labels[\'team\']' } } });
});

test('a resource of the container', () => {
  expect(valueOf(() => kplus.EnvValue.fromResource(kplus.ResourceFieldPaths.CPU_REQUEST)))
    .toEqual({ name: 'SETTING', valueFrom: { resourceFieldRef: { resource: 'requests.cpu' } } });
});

test('a resource of the container in a unit', () => {
  expect(valueOf(() => kplus.EnvValue.fromResource(kplus.ResourceFieldPaths.MEMORY_LIMIT, { divisor: '1Mi' })))
    .toEqual({ name: 'SETTING', valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } } });
});

test('a resource of the container in a unit of CPU', () => {
  expect(valueOf(() => kplus.EnvValue.fromResource(kplus.ResourceFieldPaths.CPU_LIMIT, { divisor: '1m' })))
    .toEqual({ name: 'SETTING', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } } });
});

test('a resource of another container', () => {
  const proxy = new kplus.Container({ name: 'proxy', image: 'registry.example.com/proxy:1' });
  expect(valueOf(() => kplus.EnvValue.fromResource(kplus.ResourceFieldPaths.MEMORY_LIMIT, { container: proxy })))
    .toEqual({ name: 'SETTING', valueFrom: { resourceFieldRef: { containerName: 'proxy', resource: 'limits.memory' } } });
});

test('a variable of the process that synthesizes', () => {
  process.env.ZERO_DOWNTIME_TEST_SETTING = 'from outside';
  try {
    expect(valueOf(() => kplus.EnvValue.fromProcess('ZERO_DOWNTIME_TEST_SETTING'))).toEqual({ name: 'SETTING', value: 'from outside' });
  } finally {
    delete process.env.ZERO_DOWNTIME_TEST_SETTING;
  }
});

test('a Secret that nobody creates is told of', () => {
  const chart = temporaryChart();
  const secret = kplus.Secret.fromSecretName(chart, 'db', 'db');
  serviceIn(chart, 'payments', { env: { URL: Env.fromPlus(kplus.EnvValue.fromSecretValue({ secret, key: 'url' })) } });
  expect(problemsOf(chart)).toEqual([expect.stringContaining('env URL refers to Secret "db", which the app does not create')]);
});

test('a Secret that may be absent need not exist', () => {
  const chart = temporaryChart();
  const secret = kplus.Secret.fromSecretName(chart, 'db', 'db');
  serviceIn(chart, 'payments', { env: { URL: Env.fromPlus(kplus.EnvValue.fromSecretValue({ secret, key: 'url' }, { optional: true })) } });
  expect(problemsOf(chart)).toEqual([]);
});
