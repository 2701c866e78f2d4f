import { execFileSync } from 'child_process';
import { join } from 'path';
import * as pulumi from '@pulumi/pulumi';
import {
  Env, EnvFrom, External, InvalidArgumentsError, ServiceAccount, Traffic, Volume, ZeroDowntimeService, type ZeroDowntimeServiceArgs,
} from 'zero-downtime/pulumi';
import { declare, SOUND } from './declare';
import { run } from './program';

type Given = pulumi.Output<string>;

/** Where a wrong value arrives, what it is, and what is said of it. */
type Wrong = readonly [field: string, value: unknown, args: (given: Given) => Partial<ZeroDowntimeServiceArgs>, told: string, path: string];

const WRONG: readonly Wrong[] = [
  ['image', 'registry.example.com/hidden', (image) => ({ image }), 'must have a tag or a digest: without one every restart may run another program', 'image'],
  ['image', 'hidden --privileged', (image) => ({ image }), 'must be an image reference such as "registry.example.com/payments:2.1.0"', 'image'],
  ['namespace', 'Hidden', (namespace) => ({ namespace }), 'must be at most 63 lower-case letters', 'namespace'],
  ['imagePullSecrets name', 'Hidden', (given) => ({ imagePullSecrets: [given] }), 'must be at most 253 lower-case letters', 'imagePullSecrets'],
  ['priorityClassName', 'Hidden', (priorityClassName) => ({ priorityClassName }), 'must be at most 253 lower-case letters', 'priorityClassName'],
  ['labels "team"', 'hid den', (given) => ({ labels: { team: given } }), 'must be at most 63 letters', 'labels'],
  ['nodeSelector "team"', 'hid den', (given) => ({ nodeSelector: { team: given } }), 'must be at most 63 letters', 'nodeSelector'],
  ['config "A"', 424_242, (given) => ({ config: { A: given } }), 'must be a text', 'config'],
  ['configMaps "rules" "a"', 424_242, (given) => ({ configMaps: { rules: { a: given } } }), 'must be a text', 'configMaps'],
  ['env A', { hidden: 'value' }, (given) => ({ env: { A: given } }), 'must be a text', 'env'],
  ['env A', undefined, (given) => ({ env: { A: given } }), 'must be a text', 'env'],
  ['args', ['hidden'], (given) => ({ args: [given] }), 'must be a text', 'args'],
  ['sidecar "a" image', 'hidden', (given) => ({ sidecars: [{ name: 'a', image: given }] }), 'must have a tag or a digest', 'sidecars'],
];

/** The same of what factories take, which know no component. */
const WRONG_IN_FACTORIES: readonly Wrong[] = [
  ['Env.value', 424_242, (given) => ({ env: { A: Env.value(given) } }), 'must be a text', 'env'],
  ['Env.secretKey secret', 'Hidden', (given) => ({ env: { A: Env.secretKey(given, 'k') } }), 'must be at most 253 lower-case letters', 'env'],
  ['Env.configKey config', 'Hidden', (given) => ({ env: { A: Env.configKey(given, 'k') } }), 'must be at most 253 lower-case letters', 'env'],
  ['EnvFrom.secret secret', 'Hidden', (given) => ({ envFrom: [EnvFrom.secret(given)] }), 'must be at most 253 lower-case letters', 'envFrom'],
  ['EnvFrom.config config', 'Hidden', (given) => ({ envFrom: [EnvFrom.config(given)] }), 'must be at most 253 lower-case letters', 'envFrom'],
  ['Volume.secret secret', 'Hidden', (given) => ({ volumes: { '/a': Volume.secret(given) } }), 'must be at most 253 lower-case letters', 'volumes'],
  ['Volume.config config', 'Hidden', (given) => ({ volumes: { '/a': Volume.config(given) } }), 'must be at most 253 lower-case letters', 'volumes'],
  ['Volume.claim claim', 'Hidden', (given) => ({ volumes: { '/a': Volume.claim(given) } }), 'must be at most 253 lower-case letters', 'volumes'],
  ['External.secret name', 'Hidden', (given) => ({ env: { A: Env.secretKey('db', 'k') }, externals: [External.secret('db'), External.secret(given)] }),
    'must be at most 253 lower-case letters', 'externals'],
  ['ServiceAccount.existing name', 'Hidden', (given) => ({ serviceAccount: ServiceAccount.existing(given) }), 'must be at most 253 lower-case letters', 'serviceAccount'],
  ['ServiceAccount.create annotations "a"', 424_242, (given) => ({ serviceAccount: ServiceAccount.create({ annotations: { a: given } }) }), 'must be a text', 'serviceAccount'],
  ['istio.host', 'https://hidden', (given) => ({ traffic: [Traffic.istio({ hosts: [given] })] }), 'must be a DNS name in lower case', 'traffic.istio.hosts'],
  ['awsLoadBalancer.certificateArn', 424_242, (given) => ({ traffic: [Traffic.awsLoadBalancer({ certificateArn: given })] }), 'must be a text', 'traffic.awsLoadBalancer.certificateArn'],
  ['ingressNginx.tlsSecret', 'Hidden', (given) => ({ traffic: [Traffic.ingressNginx({ hosts: ['a.example.com'], tlsSecret: given })] }),
    'must be at most 253 lower-case letters', 'traffic.ingressNginx.tlsSecret'],
];

const ALL = [...WRONG.map((wrong) => ['[payments] ', ...wrong] as const), ...WRONG_IN_FACTORIES.map((wrong) => ['', ...wrong] as const)];

describe.each(ALL)('%s%s that turns out to be %j', (component, field, value, args, told, path) => {
  test('ends the run in one sentence, which names it', async () => {
    const { failures } = await declare(args(pulumi.output(value) as Given), { fails: true });

    expect(failures.length).toBe(1);
    const [failure] = failures as InvalidArgumentsError[];
    expect(failure).toBeInstanceOf(InvalidArgumentsError);
    expect(pulumi.RunError.isInstance(failure)).toBe(true);
    expect(failure.message.startsWith(`${component}${field} `)).toBe(true);
    expect(failure.message).toContain(told);
    expect(failure.errors).toEqual([{ propertyPath: path, reason: failure.message.slice(component.length) }]);
  });

  test('ends it without the value where that is a secret', async () => {
    const { failures } = await declare(args(pulumi.secret(value) as Given), { fails: true });

    expect(failures.length).toBe(1);
    const [failure] = failures as InvalidArgumentsError[];
    expect(failure.message.startsWith(`${component}${field} (a secret) must`)).toBe(true);
    expect(failure.message).toContain(told);
    expect(JSON.stringify([failure.message, failure.stack, failure.errors, String(failure)])).not.toMatch(/hidden|hid den|424242/i);
  });
});

describe('a wrong value that arrives later', () => {
  test('keeps what it stands in from being made, and what that is waited for by', async () => {
    const { resources } = await declare({ image: pulumi.output('no image') }, { fails: true });

    expect(resources.map(({ name }) => name)).not.toContain('payments-deployment');
  });

  test('is told once, however many resources wait for it', async () => {
    const { failures } = await declare({ labels: { team: pulumi.output('no label') } }, { fails: true });

    expect(failures.map(String)).toEqual([expect.stringMatching(/^InvalidArgumentsError: \[payments\] labels "team" "no label" must be/)]);
  });

  test('of two is told for each', async () => {
    const { failures } = await declare({ image: pulumi.output('no image'), namespace: pulumi.output('No') }, { fails: true });

    expect(failures.map((failure) => (failure as Error).message.split(' ')[1]).sort()).toEqual(['image', 'namespace']);
  });

  test('is no mistake in a preview that does not know it', async () => {
    const { failures } = await run(() => new ZeroDowntimeService('payments', {
      ...SOUND, image: new pulumi.ComponentResource('a:b:C', 'maker').urn.apply(() => pulumi.unknown as string),
    }), { isPreview: true });

    expect(failures).toEqual([]);
  });

  test('that never comes is told as what its maker says', async () => {
    const { failures } = await declare({ image: pulumi.output(Promise.reject<string>(new Error('the registry is gone'))) }, { fails: true });

    expect(String(failures[0])).toMatch(/the registry is gone/);
  });

  test('ends a program with nothing but the sentence', () => {
    const program = join(__dirname, 'wrong-program.ts');
    let printed = '';
    try {
      execFileSync(process.execPath, ['-r', 'ts-node/register/transpile-only', '-r', 'tsconfig-paths/register', program], {
        env: { ...process.env, TS_NODE_PROJECT: join(__dirname, '../tsconfig.json') }, stdio: 'pipe', encoding: 'utf8',
      });
    } catch (error) {
      printed = (error as { stderr: string }).stderr;
    }

    expect(printed.split('\n').filter((line) => line !== '')).toEqual([
      'error: [payments] image "no image" must be an image reference such as "registry.example.com/payments:2.1.0"',
    ]);
  }, 120_000);
});
