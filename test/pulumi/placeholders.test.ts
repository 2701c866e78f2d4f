import { createHash } from 'crypto';
import * as k8s from '@pulumi/kubernetes/core/v1';
import * as pulumi from '@pulumi/pulumi';
import { App, Chart } from 'cdk8s';
import * as cdk8s from 'zero-downtime';
import {
  Analysis, Duration, Env, Monitoring, Rollout, RolloutEngine, Traffic, Volume, ZeroDowntimeService, type ZeroDowntimeServiceArgs,
} from 'zero-downtime/pulumi';
import { declare, refusalOf, SOUND } from './declare';
import { find, objectOf, run, unknownsIn, valueOf } from './program';

const PLACEHOLDER = /known-later-[0-9a-f]/;

/** A declaration in which the namespace is named wherever it can be. */
const NAMED_EVERYWHERE: Partial<ZeroDowntimeServiceArgs> = {
  traffic: [Traffic.awsLoadBalancer({ hosts: ['a.example.com'] }), Traffic.istio({ hosts: ['b.example.com'] })],
  rollout: Rollout.canary({
    engine: RolloutEngine.native(), analysis: Analysis.prometheus({ address: 'http://prometheus:9090', maxErrorRate: 0.01 }), stepDuration: Duration.minutes(10),
  }),
  monitoring: Monitoring.prometheusOperator(),
};

/** The same declaration for cdk8s. */
function inCdk8s(namespace: string, props: object) {
  jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  return new cdk8s.ZeroDowntimeService(new Chart(new App(), 'shop', { namespace }), 'payments', { ...SOUND, ...props } as cdk8s.ZeroDowntimeServiceProps);
}

describe('what stands for a value that is known later', () => {
  test('is in nothing that is registered', async () => {
    const { resources, outputs } = await declare({
      ...NAMED_EVERYWHERE,
      namespace: pulumi.output('shop'),
      image: pulumi.output('r/payments:1'),
      config: { A: pulumi.output('a') },
      volumes: { '/secret': Volume.secret(pulumi.output('db')), '/claim': Volume.claim(pulumi.output('data')) },
      env: { A: pulumi.output('a'), B: Env.secretKey(pulumi.output('db'), 'k') },
    });

    expect(JSON.stringify([resources.map(({ sent }) => valueOf(sent)), outputs])).not.toMatch(PLACEHOLDER);
  });

  test('is in nothing that is registered in a preview, where values are unknown', async () => {
    const { resources, outputs } = await run(() => {
      const { id } = new k8s.Namespace('maker');
      return new ZeroDowntimeService('payments', {
        ...SOUND, ...NAMED_EVERYWHERE, namespace: id, image: id, config: { A: id }, volumes: { '/secret': Volume.secret(id) }, env: { A: id },
      });
    }, { isPreview: true });

    expect(JSON.stringify([resources.map(({ sent }) => sent), outputs])).not.toMatch(PLACEHOLDER);
    expect(unknownsIn(outputs.payments)).toEqual(['host']);
  });

  test('is told in the plan as known later', async () => {
    const { made: { plan }, warnings } = await declare({ ...NAMED_EVERYWHERE, namespace: pulumi.output('shop') });

    expect(plan.explain()).toMatch(/^payments in namespace \(known later\), Kubernetes 1\.30\n/);
    expect(plan.namespace).toBe('(known later)');
    expect(plan.explain()).toMatch(/the namespace \(known later\) carries the label/);
    expect([plan.explain(), JSON.stringify(plan.toJson()), JSON.stringify(plan), ...warnings].join('\n')).not.toMatch(PLACEHOLDER);
    expect(plan.find('preStop').value).toBeGreaterThan(0);
  });

  test('leaves the plan as it would be with the value, but for its name', async () => {
    const { made: { plan } } = await declare({ ...NAMED_EVERYWHERE, namespace: pulumi.output('shop') });
    const { made: { plan: plain } } = await declare({ ...NAMED_EVERYWHERE, namespace: 'shop' });

    expect(plan.explain().replace(/\(known later\)/g, 'shop')).toBe(plain.explain());
    expect(plan.decisions).toEqual(plain.decisions);
  });

  test('is told in an error as known later', async () => {
    const { error } = await refusalOf(() => new ZeroDowntimeService('payments', {
      ...SOUND, selector: { app: 'pay' }, labels: { app: pulumi.output('other') }, traffic: [Traffic.istio({ hosts: [pulumi.output('a')], gateways: ['a b'] })],
    }));

    expect(error.message).toMatch(/label "app" \(known later\) must be the selector's "pay"/);
    expect(error.message).not.toMatch(PLACEHOLDER);
  });
});

describe('a name that follows from values', () => {
  test.each([
    [{ LOG_LEVEL: 'info', REGION: 'eu' }], [{ B: '', A: 'ü\n🚀' }], [{ A: 'x'.repeat(5000) }],
  ])('of a ConfigMap is the one that cdk8s gives to %j', async (config) => {
    const later = Object.fromEntries(Object.entries(config).reverse().map(([key, value]) => [key, pulumi.output(value)]));
    const { made, resources } = await declare({ config: later, configMaps: { rules: later } });

    const expected = inCdk8s('shop', { config, configMaps: { rules: config } }).configMaps.map(({ name }) => name);
    expect(['payments-config', 'payments-config-rules'].map((name) => objectOf(find({ resources }, name)).metadata.name)).toEqual(expected);
    expect(made.configMaps.length).toBe(2);
  });

  test('is the same in every run', async () => {
    const name = async () => objectOf(find(await declare({ config: { A: pulumi.output('a') } }), 'payments-config')).metadata.name;

    expect(await name()).toBe(await name());
  });

  test.each([
    ['db'], ['database.credentials'], ['a'.repeat(63)], [`${'a'.repeat(60)}.${'b'.repeat(60)}`],
  ])('of a volume is the one that cdk8s gives to that of the Secret %s', async (secret) => {
    const volumes = (give: (text: string) => pulumi.Input<string>) => ({ '/a': Volume.secret(give(secret)), '/b': Volume.secret(give(secret), { subPath: 'key' }) });
    const pod = (resources: Parameters<typeof find>[0]['resources']) => objectOf(find({ resources }, 'payments-deployment')).spec.template.spec;
    const { resources } = await declare({ volumes: volumes((() => { const output = pulumi.output(secret); return () => output; })()) });
    const { resources: plain } = await declare({ volumes: volumes((text) => text), externals: [cdk8s.External.secret(secret)] });

    expect(pod(resources)).toEqual(pod(plain));
    expect(pod(resources).volumes[0].name).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
  });

  test('of a volume is not that of another', async () => {
    const { resources } = await declare({
      volumes: { '/a': Volume.secret(pulumi.output('a.b')), '/b': Volume.secret(pulumi.output('a-b')), '/c': Volume.secret('a-b') },
      externals: [cdk8s.External.secret('a-b')],
    });

    const { volumes, containers } = objectOf(find({ resources }, 'payments-deployment')).spec.template.spec;
    const names = volumes.map(({ name }: { name: string }) => name);
    expect(new Set(names).size).toBe(names.length);
    const mounted = Object.fromEntries(containers[0].volumeMounts.map(({ mountPath, name }: Record<string, string>) => [mountPath, name]));
    const secretOf = (path: string) => volumes.find(({ name }: { name: string }) => name === mounted[path]).secret.secretName;
    expect(['/a', '/b', '/c'].map(secretOf)).toEqual(['a.b', 'a-b', 'a-b']);
  });

  test('of a dashboard, and of its file, is the one that cdk8s gives', async () => {
    const { resources } = await declare({ ...NAMED_EVERYWHERE, namespace: pulumi.output('shop') });

    const expected = inCdk8s('shop', NAMED_EVERYWHERE).objects.find(({ node: { id } }) => id === 'release-dashboard')!.toJson();
    const actual = objectOf(find({ resources }, 'payments-release-dashboard'));
    expect(actual).toEqual(expected);
    expect(JSON.parse(actual.data['shop-payments-release.json']).uid)
      .toBe(createHash('sha256').update(JSON.stringify(['shop', 'payments'])).digest('hex').slice(0, 32));
  });
});
