import * as pulumi from '@pulumi/pulumi';
import {
  Duration, Env, External, Health, InvalidArgumentsError, Pods, Probe, Replicas, Rollout, ServiceAccount, Shutdown, Size, Traffic, Volume,
  ZeroDowntimeService,
} from 'zero-downtime/pulumi';
import { refusalOf, SOUND } from './declare';
import { DeclarationError } from '../../src/spec/declaration-error';
import { messageOf, MISTAKES } from '../docs/mistakes';
import { ROLLOUT_MISTAKES } from '../docs/rollout-mistakes';

beforeEach(() => {
  jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
});

afterEach(() => jest.restoreAllMocks());

/** Mistakes of which the two bindings say something else, and why. */
const OTHERWISE: Readonly<Record<string, string>> = {
  // There is no app in which the Secret could be.
  'a Secret that nobody creates': 'env PASSWORD refers to Secret "payments-db", which the service does not create; '
    + 'pass the name as an Output of the resource that makes it, or declare it with External.secret("payments-db")',
};

/** What is a mistake for cdk8s alone: Pulumi writes no YAML. */
const NO_MISTAKES = ['a text that kubectl would read as a number'];

// JavaScript takes anything, and TypeScript what is of the type `any`.
const declareAny = (args: any, name: any = 'payments') => new ZeroDowntimeService(name, args);
const later = (value: unknown = 5): any => pulumi.output(value);

describe.each([...MISTAKES, ...ROLLOUT_MISTAKES].filter(([title]) => !NO_MISTAKES.includes(title)))('%s', (title, mistake) => {
  test('is told in the same words as in cdk8s, before anything is made', async () => {
    const { error, registered } = await refusalOf(() => declareAny({ ...SOUND, namespace: 'shop', ...mistake() }));

    const [prefix, other] = ['[shop/payments] ', '[payments] '];
    const expected = messageOf(mistake);
    expect(error.message).toBe(title in OTHERWISE ? `${other}${OTHERWISE[title]}` : expected.startsWith(prefix) ? `${other}${expected.slice(prefix.length)}` : expected);
    expect(registered).toEqual([]);
  });

  test('is one error without a stack, or stands at the line of the factory that refuses it', async () => {
    const { error } = await refusalOf(() => declareAny({ ...SOUND, namespace: 'shop', ...mistake() }));

    if (error instanceof DeclarationError) {
      expect(error.stack!.split('\n').slice(error.message.split('\n').length).length).toBeLessThanOrEqual(1);
    } else {
      expect(error).toBeInstanceOf(InvalidArgumentsError);
      // By this Pulumi prints the message alone.
      expect(pulumi.RunError.isInstance(error)).toBe(true);
    }
  });

  test('names an argument that was given, or none', async () => {
    const { error } = await refusalOf(() => declareAny({ ...SOUND, namespace: 'shop', ...mistake() }));

    if (error instanceof InvalidArgumentsError) {
      const given = Object.keys({ ...SOUND, namespace: 'shop', ...mistake() });
      const firsts = error.errors.map(({ propertyPath }) => propertyPath.split(/[.[]/)[0]);
      expect(firsts.filter((first) => first !== '' && !given.includes(first))).toEqual([]);
      expect(error.errors.every(({ reason }) => error.message.includes(reason))).toBe(true);
    }
  });
});

test('fewer than one mistake in twenty names no argument', async () => {
  const errors = [];
  for (const [, mistake] of [...MISTAKES, ...ROLLOUT_MISTAKES]) {
    const { error } = await refusalOf(() => declareAny({ ...SOUND, ...mistake() }));
    errors.push(...error instanceof InvalidArgumentsError ? error.errors : []);
  }

  expect(errors.filter(({ propertyPath }) => propertyPath === '').length * 20).toBeLessThan(errors.length);
});

describe('the path of a problem', () => {
  test.each<[string, object, string[]]>([
    ['of a container beside the service', { sidecars: [{ name: 'one', image: 'r/one:1' }, { name: 'two', image: 'r/two' }] }, ['sidecars[1].image']],
    ['of a reference from one', { sidecars: [{ name: 'env-proxy', image: 'r/one:1', env: { A: Env.secretKey('db', 'k') } }] }, ['sidecars[0].env']],
    ['of a container before it', { initContainers: [{ name: 'one', image: 'r/one:1', volumes: { a: Volume.memory() } }] }, ['initContainers[0].volumes']],
    ['of a number that follows from others', { longestRequest: Duration.seconds(900) }, ['']],
    ['of two arguments', { port: 0, name: 'A' }, ['name', 'port']],
  ])('%s is where it stands', async (_, args, expected) => {
    const { error } = await refusalOf(() => declareAny({ ...SOUND, ...args }));

    expect(error.errors.map(({ propertyPath }: { propertyPath: string }) => propertyPath)).toEqual(expected);
  });
});

describe('several mistakes', () => {
  test('are told together, each in a line', async () => {
    const { error, registered } = await refusalOf(() => declareAny({ ...SOUND, port: 0, servicePort: 70_000, image: 'r/payments' }));

    expect(error.errors.length).toBe(3);
    expect(error.message).toMatch(/^\[payments\] 3 problems in the declaration:\n {2}- port 0 .*\n {2}- servicePort 70000 .*\n {2}- image "r\/payments" .*$/);
    expect(registered).toEqual([]);
  });

  test('of values that must be plain are told together', async () => {
    const { error } = await refusalOf(() => declareAny({ ...SOUND, port: later(), replicas: later(), startsWithin: Duration.seconds(later()) }));

    expect(error.errors.map(({ propertyPath }: { propertyPath: string }) => propertyPath)).toEqual(['port', 'replicas', 'startsWithin']);
  });
});

/** Arguments by which the plan decides, and what is said of the one that is known later. */
const MUST_BE_PLAIN: ReadonlyArray<readonly [string, () => object]> = [
  ['port must be a plain value', () => ({ port: later() })],
  ['servicePort must be a plain value', () => ({ servicePort: Promise.resolve(80) })],
  ['name must be a plain value', () => ({ name: later('a') })],
  ['health must be a plain value', () => ({ health: later() })],
  ['replicas must be a plain value', () => ({ replicas: later() })],
  ['startsWithin must be a plain value', () => ({ startsWithin: later() })],
  ['startsWithin must be a plain value', () => ({ startsWithin: Duration.seconds(later()) })],
  ['startsWithin must be a plain value', () => ({ startsWithin: Duration.seconds(Promise.resolve(5) as any) })],
  ['overrides.preStop must be a plain value', () => ({ overrides: { preStop: Duration.seconds(later()) } })],
  ['overrides.maxDisrupted must be a plain value', () => ({ overrides: { maxDisrupted: later() } })],
  ['resources.memory must be a plain value', () => ({ resources: { memory: Size.mebibytes(later()) } })],
  ['selector.app must be a plain value', () => ({ selector: { app: later('a') } })],
  ['kubernetesVersion must be a plain value', () => ({ kubernetesVersion: later('1.30') })],
  ['hasShell must be a plain value', () => ({ hasShell: later(true) })],
  ['releaseStep must be a plain value', () => ({ releaseStep: later('a') })],
  ['traffic must be a plain value', () => ({ traffic: later([]) })],
  ['traffic[1] must be a plain value', () => ({ traffic: [Traffic.istio(), later()] })],
  ['traffic[0].path must be a plain value', () => ({ traffic: [Traffic.awsLoadBalancer({ path: later('/a') })] })],
  ['traffic[0].timeout must be a plain value', () => ({ traffic: [Traffic.istio({ timeout: later() })] })],
  ['traffic[0].gateways[0] must be a plain value', () => ({ traffic: [Traffic.istio({ hosts: ['a.example.com'], gateways: [later('a/b')] })] })],
  ['istio.hosts must be a plain value, not one that is known later (an Output or a Promise); only its items may be known later',
    () => ({ traffic: [Traffic.istio({ hosts: later([]) })] })],
  ['awsLoadBalancer.annotations must be a plain value, not one that is known later (an Output or a Promise); only its values may be known later',
    () => ({ traffic: [Traffic.awsLoadBalancer({ annotations: later({}) })] })],
  ['Traffic.httpRoute options must be a plain value', () => ({ traffic: [Traffic.httpRoute(later({}))] })],
  ['Rollout.canary steps 1: (an Output, whose value is known later) must be', () => ({ rollout: Rollout.canary({ steps: [later()] }) })],
  ['Rollout.canary steps (an Output, whose value is known later) must be a list', () => ({ rollout: Rollout.canary({ steps: later([5]) }) })],
  ['Rollout.canary stepDuration (an Output, whose value is known later) must be', () => ({ rollout: Rollout.canary({ stepDuration: Duration.minutes(later()) }) })],
  ['Pods.percent (an Output, whose value is known later) must be', () => ({ rollout: Rollout.rolling({ maxSurge: Pods.percent(later()) }) })],
  ['Replicas.fixed count (an Output, whose value is known later) must be', () => ({ replicas: Replicas.fixed(later()) })],
  ['Replicas.fixed count (a Promise, whose value is known later) must be', () => ({ replicas: Replicas.fixed(Promise.resolve(3) as any) })],
  ['Shutdown.drains within (an Output, whose value is known later) must be', () => ({ shutdown: Shutdown.drains({ within: Duration.seconds(later()) }) })],
  ['probe path (an Output, whose value is known later) must', () => ({ health: Health.http({ readiness: later('/ready') }) })],
  ['probe command (an Output, whose value is known later) must be a list', () => ({ health: Health.probes({ readiness: Probe.exec(later([])) }) })],
  ['health.readiness.command[0] must be a plain value', () => ({ health: Health.probes({ readiness: Probe.exec([later('/a')]) }) })],
  ['Env.secretKey key (an Output, whose value is known later) must be a text', () => ({ env: { A: Env.secretKey(later('a'), later('k')) } })],
  ['Volume.memory size limit (an Output, whose value is known later) must be a Size', () => ({ volumes: { '/a': Volume.memory(later()) } })],
  ['Volume subPath (an Output, whose value is known later) must be a text', () => ({ volumes: { '/a': Volume.secret('a', { subPath: later('a') }) } })],
  ['externals[0].keys must be a plain value', () => ({ externals: [External.secret('a', later([]))] })],
  ['serviceAccount must be a plain value', () => ({ serviceAccount: later('a') })],
  ['ServiceAccount.create annotations must be a plain value', () => ({ serviceAccount: ServiceAccount.create({ annotations: later({}) }) })],
  ['labels must be a plain value, not one that is known later (an Output or a Promise); only its values may be known later', () => ({ labels: later({}) })],
  ['env must be a plain value', () => ({ env: later({}) })],
  ['config must be a plain value', () => ({ config: later({}) })],
  ['configMaps must be a plain value', () => ({ configMaps: later({}) })],
  ['configMaps "a" must be a plain value', () => ({ configMaps: { a: later({}) } })],
  ['command must be a plain value, not one that is known later (an Output or a Promise); only its items may be known later', () => ({ command: later([]) })],
  ['imagePullSecrets must be a plain value', () => ({ imagePullSecrets: later([]) })],
  ['sidecars must be a plain value', () => ({ sidecars: later([]) })],
  ['sidecars[0] must be a plain value', () => ({ sidecars: [later()] })],
  ['sidecars[0].name must be a plain value', () => ({ sidecars: [{ name: later('a'), image: 'a:1' }] })],
  ['sidecars[0].ports.m must be a plain value', () => ({ sidecars: [{ name: 'a', image: 'a:1', ports: { m: later() } }] })],
  ['sidecar "a" env must be a plain value', () => ({ sidecars: [{ name: 'a', image: 'a:1', env: later({}) }] })],
];

/** What plain JavaScript gives, and what is said of it. */
const OF_NO_USE: ReadonlyArray<readonly [string, any]> = [
  ['the arguments null must be an object that holds the settings', null],
  ['the arguments undefined must be an object that holds the settings', undefined],
  ['the arguments (a list) must be an object that holds the settings', []],
  ['the arguments "image" must be an object that holds the settings', 'image'],
  ['the arguments must be a plain value', later({})],
  ['image undefined must be a text', { ...SOUND, image: undefined }],
  ['image 5 must be a text', { ...SOUND, image: 5 }],
  ['health undefined must be of the class Health', { ...SOUND, health: undefined }],
  ['namespace "Shop" must be at most 63 lower-case letters', { ...SOUND, namespace: 'Shop' }],
  ['namespace (an object) must be a text', { ...SOUND, namespace: { metadata: { name: 'shop' } } }],
  ['labels (a list) must be an object', { ...SOUND, labels: ['a'] }],
  ['podAnnotations "a" 5 must be a text', { ...SOUND, podAnnotations: { a: 5 } }],
  ['config "A" 5 must be a text', { ...SOUND, config: { A: 5 } }],
  ['env A 5 must be of the class Env', { ...SOUND, env: { A: 5 } }],
  ['env A undefined must be of the class Env', { ...SOUND, env: { A: undefined } }],
  ['command "run" must be a list', { ...SOUND, command: 'run' }],
  ['command 5 must be a text', { ...SOUND, command: [5] }],
  ['sidecars 1: null must be an object', { ...SOUND, sidecars: [null] }],
  ['sidecar "a" image undefined must be a text', { ...SOUND, sidecars: [{ name: 'a' }] }],
  ['env "constructor" cannot be written', { ...SOUND, env: { constructor: 'a' } }],
  ['config name "__proto__" cannot be written', { ...SOUND, config: JSON.parse('{"__proto__":"a"}') }],
  ['configMaps "a" key "constructor" cannot be written', { ...SOUND, configMaps: { a: { constructor: later('a') } } }],
  ['label "__proto__" must be at most 63', { ...SOUND, labels: JSON.parse('{"__proto__":"a"}') }],
  ['podAnnotations key "constructor" cannot be written', { ...SOUND, podAnnotations: { constructor: later('a') } }],
];

describe('a value that is known later where it must be plain', () => {
  test.each(MUST_BE_PLAIN)('%s', async (start, args) => {
    const { error, registered } = await refusalOf(() => declareAny({ ...SOUND, ...args() }));

    expect(error.message.replace(/^\[payments\] /, '').slice(0, start.length)).toBe(start);
    expect(error.message).not.toMatch(/\n|Calling|object Object/);
    expect([InvalidArgumentsError, DeclarationError].some((type) => error instanceof type)).toBe(true);
    expect(registered).toEqual([]);
  });
});

describe('arguments of no use', () => {
  test.each(OF_NO_USE)('%s', async (start, args) => {
    const { error, registered } = await refusalOf(() => declareAny(args));

    expect(error).toBeInstanceOf(InvalidArgumentsError);
    expect(error.message.slice(0, start.length + 11)).toBe(`[payments] ${start}`);
    expect(registered).toEqual([]);
  });

  test.each([[undefined, 'the component\'s name undefined must be a text'], ['', /^name "" must be/], ['Payments', /^\[Payments\] name "Payments" must be/]])(
    'the name %j', async (name, expected) => {
      // Not by a default of the parameter.
      const { error } = await refusalOf(() => new ZeroDowntimeService(name as string, SOUND));

      expect(error).toBeInstanceOf(InvalidArgumentsError);
      expect(error.message).toMatch(expected);
    });

  test('where options have no arguments before them', async () => {
    const { error } = await refusalOf(() => (Traffic.ingressNginx as any)());

    expect(error.message).toBe('Traffic.ingressNginx options undefined must be an object that holds the settings');
  });
});

describe('an Output that is written into a text', () => {
  test.each<[string, () => object]>([
    ['env.URL', () => ({ env: { URL: `http://${later('a')}/` } })],
    ['image', () => ({ image: `${later('r/a')}:1` })],
    ['config.URL', () => ({ config: { URL: `http://${later('a')}/` } })],
    ['traffic[0].hosts[0]', () => ({ traffic: [Traffic.istio({ hosts: [`${later('a')}.example.com`] })] })],
    ['args[0]', () => ({ args: [`--host=${later('a')}`] })],
    ['sidecars[0].image', () => ({ sidecars: [{ name: 'a', image: `${later('a')}:1` }] })],
  ])('is found in %s, and pulumi.interpolate told of', async (path, args) => {
    const { error, registered } = await refusalOf(() => declareAny({ ...SOUND, ...args() }));

    expect(error.message.startsWith(`[payments] ${path}`)).toBe(true);
    expect(error.message).toMatch(/holds no value, because an Output was written into a text; write it with pulumi\.interpolate$/);
    expect(registered).toEqual([]);
  });
});

describe('a name of an object that the service does not create', () => {
  test('must be declared where it is plain', async () => {
    const { error } = await refusalOf(() => declareAny({
      ...SOUND, env: { A: Env.secretKey('db', 'k') }, imagePullSecrets: ['registry'], volumes: { '/a': Volume.config('settings') },
    }));

    expect(error.errors.map(({ reason }: { reason: string }) => reason.split(',')[0])).toEqual([
      'env A refers to Secret "db"', 'volume /a refers to ConfigMap "settings"', 'imagePullSecrets refers to Secret "registry"',
    ]);
  });

  test('need not be declared where it is an Output', async () => {
    const { error } = await refusalOf(() => declareAny({ ...SOUND, env: { A: Env.secretKey(later('db'), 'k') } }));

    expect(error).toBe(undefined);
  });

  test('has its keys checked where the same Output is declared', async () => {
    const name = later('db');
    const { error } = await refusalOf(() => declareAny({ ...SOUND, env: { A: Env.secretKey(name, 'pasword') }, externals: [External.secret(name, ['password'])] }));

    expect(error.message).toBe('[payments] env A refers to key "pasword" of Secret (known later), which does not exist; it has password');
  });
});
