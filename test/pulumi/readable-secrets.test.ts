import * as pulumi from '@pulumi/pulumi';
import { Env, Risk, ServiceAccount, Traffic, Volume, type ZeroDowntimeServiceArgs } from 'zero-downtime/pulumi';
import { declare } from './declare';

const secret = () => pulumi.secret('hidden');

const READABLE: ReadonlyArray<readonly [field: string, args: () => Partial<ZeroDowntimeServiceArgs>]> = [
  ['env A', () => ({ env: { A: secret() } })],
  ['env A', () => ({ env: { A: Env.value(secret()) } })],
  ['env A', () => ({ env: { A: pulumi.interpolate`postgres://${secret()}@db` } })],
  ['config "A"', () => ({ config: { A: secret() } })],
  ['configMaps "rules" "a"', () => ({ configMaps: { rules: { a: secret() } } })],
  ['command', () => ({ command: ['run', secret()] })],
  ['args', () => ({ args: [secret()] })],
  ['labels "team"', () => ({ labels: { team: secret() } })],
  ['podAnnotations "a"', () => ({ podAnnotations: { a: secret() } })],
  ['nodeSelector "a"', () => ({ nodeSelector: { a: secret() } })],
  ['ServiceAccount.create annotations "a"', () => ({ serviceAccount: ServiceAccount.create({ annotations: { a: secret() } }) })],
  ['awsLoadBalancer.annotations "a"', () => ({ traffic: [Traffic.awsLoadBalancer({ annotations: { a: secret() } })] })],
  ['ingressNginx.annotations "a"', () => ({ traffic: [Traffic.ingressNginx({ hosts: ['a.example.com'], annotations: { a: secret() } })] })],
  ['sidecar "side" env A', () => ({ sidecars: [{ name: 'side', image: 'r/side:1', env: { A: secret() } }] })],
  ['initContainer "init" args', () => ({ initContainers: [{ name: 'init', image: 'r/init:1', args: [secret()] }] })],
];

describe('a secret that becomes readable in the cluster', () => {
  test.each(READABLE)('is warned of: %s', async (field, args) => {
    const { warnings } = await declare(args());

    expect(warnings).toEqual([`${field} is a secret, and whoever may read the object in the cluster reads it there; `
      + 'put it into a Secret, and refer to that with Env.secretKey or Volume.secret']);
  });

  test('is warned of at the component', async () => {
    const { made, warnedAt } = await declare({ env: { A: secret() } });

    expect(warnedAt.map((resource) => resource === made)).toEqual([true]);
  });

  test('is no news where the risk is accepted', async () => {
    const { warnings } = await declare({ env: { A: secret() }, accept: [Risk.literalSecret('a token that is valid for one release')] });

    expect(warnings).toEqual([]);
  });

  test.each<[string, () => Partial<ZeroDowntimeServiceArgs>]>([
    ['an image', () => ({ image: pulumi.secret('r/payments:1') })],
    ['a namespace', () => ({ namespace: pulumi.secret('shop') })],
    ['a host', () => ({ traffic: [Traffic.istio({ hosts: [pulumi.secret('a.example.com')] })] })],
    ['the name of a Secret', () => ({ env: { A: Env.secretKey(pulumi.secret('db'), 'k') }, volumes: { '/a': Volume.secret(pulumi.secret('db')) } })],
    ['a plain text', () => ({ env: { A: 'a' }, labels: { team: 'shop' } })],
    ['an Output that is none', () => ({ env: { A: pulumi.output('a') }, labels: { team: pulumi.output('shop') } })],
  ])('is not %s', async (_, args) => {
    const { warnings } = await declare(args());

    expect(warnings).toEqual([]);
  });

  test('is warned of beside what merely looks like one', async () => {
    const { warnings } = await declare({ env: { DB_PASSWORD: 'plain', TOKEN: secret() } });

    expect(warnings.filter((text) => text.startsWith('env DB_PASSWORD of payments looks like a secret')).length).toBe(1);
    expect(warnings.filter((text) => text.startsWith('env TOKEN is a secret')).length).toBe(1);
  });

  test('that never comes is not warned of', async () => {
    const { warnings } = await declare({ env: { A: pulumi.secret(Promise.reject<string>(new Error('gone'))) } }, { fails: true });

    expect(warnings).toEqual([]);
  });
});
