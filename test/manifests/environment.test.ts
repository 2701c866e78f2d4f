import { Duration } from 'cdk8s';
import { Database, Env, EnvFrom, External, Health, Probe, Shutdown, Traffic } from 'zero-downtime';
import { synthesize } from './synthesized';

const injected = (env: Record<string, any>) => Object.fromEntries(Object.entries(env)
  .filter(([name]) => name.startsWith('ZERO_DOWNTIME_'))
  .map(([name, { value }]) => [name.replace('ZERO_DOWNTIME_', ''), value]));

describe('what the program is told', () => {
  test('its port, its timings and its paths', () => {
    expect(injected(synthesize().env)).toEqual({
      PORT: '3000',
      LONGEST_REQUEST_SECONDS: '30',
      PRE_STOP_SECONDS: '10',
      DRAIN_SECONDS: '30',
      TERMINATION_GRACE_PERIOD_SECONDS: '45',
      READINESS_PATH: '/ready',
      LIVENESS_PATH: '/healthz',
      STARTUP_PATH: '/healthz',
    });
  });

  test('how long to keep idle connections, where something before the pods keeps them', () => {
    expect(injected(synthesize({ traffic: [Traffic.awsLoadBalancer()] }).env).KEEP_ALIVE_SECONDS).toBe('65');
    expect(injected(synthesize().env)).not.toHaveProperty('KEEP_ALIVE_SECONDS');
  });

  test('the age at which connections are closed', () => {
    const age = Number(injected(synthesize({ maxConnectionAge: Duration.seconds(300) }).env).MAX_CONNECTION_AGE_SECONDS);
    expect(age * 1.1 + 30).toBeLessThanOrEqual(300);
    expect(age).toBe(245);
  });

  test('the size of its connection pool', () => {
    expect(injected(synthesize({ database: Database.mysql({ poolSize: 4, maxConnections: 500 }) }).env).POOL_SIZE).toBe('4');
  });
});

describe('what the program is not told', () => {
  test('no paths where the probes are not asked over HTTP', () => {
    const health = Health.probes({ readiness: Probe.exec(['ready']), liveness: Probe.exec(['live']) });
    expect(Object.keys(injected(synthesize({ health }).env)).filter((name) => name.endsWith('_PATH'))).toEqual([]);
  });

  test('no drain where it exits at once', () => {
    expect(injected(synthesize({ shutdown: Shutdown.exitsAtOnce() }).env)).toMatchObject({ DRAIN_SECONDS: '0', PRE_STOP_SECONDS: '40' });
  });

  test('a companion is told nothing', () => {
    const { podSpec } = synthesize({ initContainers: [{ name: 'init', image: 'registry.example.com/init:1' }] });
    expect(podSpec.initContainers[0]).not.toHaveProperty('env');
  });
});

describe('declared variables', () => {
  test.each<[string, Env, object]>([
    ['a literal value', Env.value('on'), { value: 'on' }],
    ['an empty value', Env.value(''), { value: '' }],
    ['a key of a Secret', Env.secretKey('db', 'url'), { valueFrom: { secretKeyRef: { name: 'db', key: 'url' } } }],
    ['a key of a ConfigMap', Env.configKey('shared', 'mode'), { valueFrom: { configMapKeyRef: { name: 'shared', key: 'mode' } } }],
    ['a field of the pod', Env.field('spec.nodeName'), { valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
    ['a resource', Env.resource('limits.memory'), { valueFrom: { resourceFieldRef: { resource: 'limits.memory' } } }],
    ['a resource in a unit', Env.resource('limits.memory', '1Mi'), { valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } } }],
  ])('%s', (_, value, rendered) => {
    const externals = [External.secret('db'), External.configMap('shared')];
    expect(synthesize({ env: { SETTING: value }, externals }).env.SETTING).toEqual(rendered);
  });

  test('they may use what the library injects, which Kubernetes only expands where it stands before them', () => {
    const env = { PORT: Env.value('$(ZERO_DOWNTIME_PORT)'), A: Env.value('1') };
    const database = Database.mysql({ poolSize: 4, maxConnections: 500 });
    const names: string[] = synthesize({ env, database }).container.env.map(({ name }: any) => name);
    expect(names.slice(-2)).toEqual(['PORT', 'A']);
    expect(names.slice(0, -2).filter((name) => !name.startsWith('ZERO_DOWNTIME_'))).toEqual([]);
    expect(names).toContain('ZERO_DOWNTIME_PORT');
  });

  test('they cannot replace what the library injects', () => {
    expect(() => synthesize({ env: { ZERO_DOWNTIME_PORT: Env.value('1') } }))
      .toThrow('[chart/payments] env "ZERO_DOWNTIME_PORT" must not start with ZERO_DOWNTIME_: the library sets those');
  });

  test('a key of one of the service\'s own ConfigMaps is read from the object that holds this content', () => {
    const synthesized = synthesize({ configMaps: { limits: { max: '5' } }, env: { MAX: Env.configKey('limits', 'max') } });
    const { name } = synthesized.find('ConfigMap').metadata;
    expect(name).toMatch(/^payments-limits-[0-9a-f]{10}$/);
    expect(synthesized.env.MAX.valueFrom.configMapKeyRef).toEqual({ name, key: 'max' });
  });

  test('a companion has its own', () => {
    const { podSpec } = synthesize({ initContainers: [{ name: 'init', image: 'registry.example.com/init:1', env: { A: Env.value('1') } }] });
    expect(podSpec.initContainers[0].env).toEqual([{ name: 'A', value: '1' }]);
  });
});

describe('whole objects', () => {
  const externals = [External.secret('db'), External.configMap('shared')];

  test('there are none by default', () => {
    expect(synthesize().container).not.toHaveProperty('envFrom');
  });

  test('a Secret and a ConfigMap become variables, with a prefix where one is given', () => {
    const envFrom = [EnvFrom.secret('db'), EnvFrom.config('shared', 'SHARED_')];
    expect(synthesize({ envFrom, externals }).container.envFrom).toEqual([
      { secretRef: { name: 'db' } }, { prefix: 'SHARED_', configMapRef: { name: 'shared' } },
    ]);
  });

  test('the service\'s own settings come first, so that the declared ones win', () => {
    const synthesized = synthesize({ config: { MODE: 'fast' }, envFrom: [EnvFrom.secret('db')], externals });
    const { name } = synthesized.find('ConfigMap').metadata;
    expect(synthesized.container.envFrom).toEqual([{ configMapRef: { name } }, { secretRef: { name: 'db' } }]);
  });

  test('one of the service\'s own ConfigMaps is referred to by its hashed name', () => {
    const synthesized = synthesize({ configMaps: { flags: { A: '1' } }, envFrom: [EnvFrom.config('flags')] });
    expect(synthesized.container.envFrom).toEqual([{ configMapRef: { name: synthesized.find('ConfigMap').metadata.name } }]);
  });
});
