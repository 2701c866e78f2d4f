import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Env, EnvFrom, External, Traffic, Volume } from 'zero-downtime';
import { objectIn, problemsOf, serviceIn, temporaryApp, temporaryChart } from './apps';

const URL_KEY = { env: { DATABASE_URL: Env.secretKey('db', 'url') } };
const secretIn = (chart: Chart, data: Record<string, string>, name = 'db') =>
  new kplus.Secret(chart, `secret-${name}`, { metadata: { name }, stringData: data });

describe('what the app creates', () => {
  test('a Secret satisfies a reference to one of its keys', () => {
    const chart = temporaryChart();
    secretIn(chart, { url: 'postgres://' });
    serviceIn(chart, 'payments', URL_KEY);
    expect(problemsOf(chart)).toEqual([]);
  });

  test('a Secret that is created later satisfies it too', () => {
    const chart = temporaryChart();
    serviceIn(chart, 'payments', URL_KEY);
    secretIn(chart, { url: 'postgres://' });
    expect(problemsOf(chart)).toEqual([]);
  });

  test('a key that is added later counts', () => {
    const chart = temporaryChart();
    const secret = secretIn(chart, {});
    serviceIn(chart, 'payments', URL_KEY);
    secret.addStringData('url', 'postgres://');
    expect(problemsOf(chart)).toEqual([]);
  });

  test('an object in another chart of the same namespace counts', () => {
    const app = temporaryApp();
    serviceIn(new Chart(app, 'a', { namespace: 'shop' }), 'payments', URL_KEY);
    secretIn(new Chart(app, 'b', { namespace: 'shop' }), { url: 'postgres://' });
    expect(problemsOf(app)).toEqual([]);
  });

  test('an object in another namespace does not count', () => {
    const app = temporaryApp();
    serviceIn(new Chart(app, 'a', { namespace: 'shop' }), 'payments', URL_KEY);
    secretIn(new Chart(app, 'b', { namespace: 'other' }), { url: 'postgres://' });
    expect(problemsOf(app)).toEqual([
      '[a/payments] env DATABASE_URL refers to Secret "db", which the app does not create in namespace shop; '
      + 'create it, or declare it with External.secret("db")',
    ]);
  });
});

describe('a ConfigMap or a made-up name', () => {
  test('a ConfigMap satisfies a key, every key of it and a volume', () => {
    const chart = temporaryChart();
    const config = new kplus.ConfigMap(chart, 'shared', { metadata: { name: 'shared' }, data: { mode: 'fast' } });
    config.addBinaryData('logo', 'AAAA');
    const env = { MODE: Env.configKey('shared', 'mode'), LOGO: Env.configKey('shared', 'logo') };
    serviceIn(chart, 'payments', { env, envFrom: [EnvFrom.config('shared')], volumes: { '/shared': Volume.config('shared') } });
    expect(problemsOf(chart)).toEqual([]);
  });

  test('a ConfigMap is not a Secret of the same name', () => {
    const chart = temporaryChart();
    new kplus.ConfigMap(chart, 'db', { metadata: { name: 'db' }, data: { url: 'x' } });
    serviceIn(chart, 'payments', URL_KEY);
    expect(problemsOf(chart)).toEqual([expect.stringContaining('refers to Secret "db", which the app does not create')]);
  });

  test('its name may be the one that cdk8s makes up', () => {
    const chart = temporaryChart();
    const secret = new kplus.Secret(chart, 'generated', { stringData: { url: 'x' } });
    serviceIn(chart, 'payments', { env: { URL: Env.secretKey(secret.name, 'url') } });
    expect(problemsOf(chart)).toEqual([]);
  });
});

describe('keys', () => {
  test('a misspelt one is refused with the ones that are there, and no value', () => {
    const chart = temporaryChart();
    secretIn(chart, { URL: 'postgres://hunter2', user: 'hunter3' });
    serviceIn(chart, 'payments', URL_KEY);
    const problems = problemsOf(chart);
    expect(problems).toEqual(['[chart/payments] env DATABASE_URL refers to key "url" of Secret "db", which does not exist; it has URL, user']);
    expect(problems.join()).not.toMatch(/hunter/);
  });

  test('an object without any is told of', () => {
    const chart = temporaryChart();
    secretIn(chart, {});
    serviceIn(chart, 'payments', URL_KEY);
    expect(problemsOf(chart)).toEqual([expect.stringMatching(/which does not exist; it has none$/)]);
  });

  test('only keys that are read one by one are checked', () => {
    const chart = temporaryChart();
    secretIn(chart, {});
    serviceIn(chart, 'payments', { envFrom: [EnvFrom.secret('db')], volumes: { '/db': Volume.secret('db') } });
    expect(problemsOf(chart)).toEqual([]);
  });

  test('a Secret of another type is said to lack keys', () => {
    const chart = temporaryChart();
    objectIn(chart, 'token', 'Secret', 'token', { type: 'Opaque' });
    serviceIn(chart, 'payments', { env: { TOKEN: Env.secretKey('token', 'token') } });
    expect(problemsOf(chart)).toEqual(['[chart/payments] env TOKEN refers to key "token" of Secret "token", which does not exist; it has none']);
  });

  test('a Secret of that type that is written by hand has any key', () => {
    const chart = temporaryChart();
    const annotations = { 'kubernetes.io/service-account.name': 'account' };
    objectIn(chart, 'token', 'Secret', 'token', { type: 'kubernetes.io/service-account-token', metadata: { name: 'token', annotations } });
    serviceIn(chart, 'payments', { env: { CA: Env.secretKey('token', 'ca.crt') } });
    expect(problemsOf(chart)).toEqual([]);
  });

  test('a Secret whose keys the cluster fills in is not said to lack them', () => {
    const chart = temporaryChart();
    const account = new kplus.ServiceAccount(chart, 'account');
    const secret = new kplus.ServiceAccountTokenSecret(chart, 'token', { serviceAccount: account, metadata: { name: 'token' } });
    serviceIn(chart, 'payments', { env: { TOKEN: Env.secretKey(secret.name, 'token') } });
    expect(problemsOf(chart)).toEqual([]);
  });
});

describe('what something else creates', () => {
  test('any key of it is taken where none are declared', () => {
    const chart = temporaryChart();
    serviceIn(chart, 'payments', { ...URL_KEY, externals: [External.secret('db')] });
    expect(problemsOf(chart)).toEqual([]);
  });

  test('a declared key is taken', () => {
    const chart = temporaryChart();
    serviceIn(chart, 'payments', { ...URL_KEY, externals: [External.secret('db', ['url'])] });
    expect(problemsOf(chart)).toEqual([]);
  });

  test('a key that is not declared is refused at once, with the ones that are', () => {
    expect(() => serviceIn(temporaryChart(), 'payments', { ...URL_KEY, externals: [External.secret('db', ['user', 'password'])] }))
      .toThrow('env DATABASE_URL refers to key "url" of Secret "db", which does not exist; it has user, password');
  });

  test('a ConfigMap does not stand for a Secret', () => {
    const chart = temporaryChart();
    serviceIn(chart, 'payments', { ...URL_KEY, externals: [External.configMap('db')] });
    expect(problemsOf(chart)).toEqual([expect.stringContaining('declare it with External.secret("db")')]);
  });
});

describe('what refers to an object is named', () => {
  test.each([
    ['envFrom', { envFrom: [EnvFrom.config('x')] }, 'envFrom refers to ConfigMap "x"'],
    ['a volume', { volumes: { '/x': Volume.secret('x') } }, 'volume /x refers to Secret "x"'],
    ['a pull secret', { imagePullSecrets: ['x'] }, 'imagePullSecrets refers to Secret "x"'],
    ['a certificate', { traffic: [Traffic.ingressNginx({ hosts: ['a.example.com'], tlsSecret: 'x' })] }, 'ingressNginx.tlsSecret refers to Secret "x"'],
    ['a companion', { sidecars: [{ name: 'proxy', image: 'registry.example.com/proxy:1', env: { A: Env.configKey('x', 'a') } }] },
      'proxy env A refers to ConfigMap "x"'],
  ])('%s', (_, props, message) => {
    const chart = temporaryChart();
    serviceIn(chart, 'payments', props);
    expect(problemsOf(chart)).toEqual([expect.stringContaining(message)]);
  });

  test('without a namespace the message names none', () => {
    const chart = new Chart(temporaryApp(), 'chart');
    serviceIn(chart, 'payments', URL_KEY);
    expect(problemsOf(chart)).toEqual([expect.stringContaining('which the app does not create; create it')]);
  });
});
