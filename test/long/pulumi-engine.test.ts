import { mkdirSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { CHECKOUT, objectsIn, runFromSource } from './checkout';
import { describeUnless } from './command';
import { compileIn } from './packed';
import { PulumiEngine, type PulumiProject, whyNoEngine } from './pulumi-engine/engine';
import { scratchFolder } from './scratch';
import { withoutPulumi } from '../pulumi/engine';
import { apiServerRules } from '../support/api-server-rules';
import { ClosedSchemas, describeWithSchemas } from '../support/closed-schemas';

const FOLDER = scratchFolder('pulumi-engine');
const COMPILED = join(FOLDER, 'package');
const STORE = join(CHECKOUT, 'examples/pulumi-retail-store');

/** The program of a service that is released step by step. */
function payments(tag: string, releaseStep: string): string {
  return `
    import { Health, Replicas, Rollout, RolloutEngine, Traffic, ZeroDowntimeService } from 'zero-downtime/pulumi';
    new ZeroDowntimeService('payments', {
      namespace: 'shop',
      image: 'registry.example.com/payments:${tag}',
      port: 3000,
      health: Health.http({ readiness: '/ready' }),
      replicas: Replicas.fixed(4),
      traffic: [Traffic.istio()],
      config: { VERSION: '${tag}' },
      rollout: Rollout.canary({ engine: RolloutEngine.native(), steps: [5] }),
      releaseStep: ${releaseStep},
    });`;
}

const PROJECT = { 'Pulumi.yaml': 'name: shop\nruntime: nodejs\nmain: index.js\n', 'package.json': '{ "name": "shop", "main": "index.js" }' };

describeUnless(whyNoEngine(), 'Pulumi\'s own engine', () => {
  let engine: PulumiEngine;

  beforeAll(async () => {
    mkdirSync(COMPILED);
    await compileIn(COMPILED);
    engine = await PulumiEngine.build(FOLDER);
  }, 1_800_000);

  /** The objects of a service or of its release, by what they are. */
  function byName(objects: readonly Record<string, any>[]): Map<string, Record<string, any>> {
    return new Map(objects.map((object) => [`${object.kind} ${object.metadata.namespace}/${object.metadata.name}`, object]));
  }

  describe('with the retail store', () => {
    let store: PulumiProject;

    beforeAll(async () => {
      const files = readdirSync(STORE).filter((name) => name.endsWith('.ts') || name === 'Pulumi.yaml');
      const program = Object.fromEntries(files.map((name) => [name, readFileSync(join(STORE, name), 'utf8').replace('main: index.ts', 'main: index.js')]));
      store = await engine.project(join(FOLDER, 'store'), COMPILED, { ...program, 'package.json': PROJECT['package.json'] });
      for (const name of ['catalogPassword', 'cartsSecretKey', 'ordersPassword']) {
        await store.pulumi('config', 'set', name, '--secret', `${name}-in-the-clear`);
      }
    });

    test('previews every resource, and tells no secret', async () => {
      const printed = await store.pulumi('preview');
      expect(printed).toMatch(/\+ 42 to create/);
      expect(printed).not.toContain('in-the-clear');
    });

    test('makes the objects that the example of cdk8s makes', async () => {
      await store.up();
      const outdir = join(FOLDER, 'cdk8s');
      await runFromSource('examples/retail-store/main.ts', outdir);
      const expected = byName(objectsIn(outdir));
      const made = byName(store.objects().filter(({ kind }) => kind !== 'Namespace' && kind !== 'Secret').map(withoutPulumi));
      expect([...made.keys()].sort()).toEqual([...expected.keys()].sort());
      expect(Object.fromEntries(made)).toEqual(Object.fromEntries(expected));
    });

    test('has nothing to do where nothing has changed', async () => {
      expect(await store.up()).toMatch(/42 unchanged/);
    });

    test('writes what the API server takes', () => {
      expect(store.objects().flatMap((object) => apiServerRules(object as never))).toEqual([]);
    });

    describeWithSchemas('with closed schemas', () => {
      test('writes only fields that exist', () => {
        expect(store.objects().flatMap((object) => ClosedSchemas.load('1.34').validate(object as never))).toEqual([]);
      });
    });
  });

  test('leaves what no step has changed as the version before made it, and keeps that version\'s configuration', async () => {
    const project = await engine.project(join(FOLDER, 'steps'), COMPILED, { ...PROJECT, 'index.ts': payments('1.0.0', 'undefined') });
    await project.up();
    const at = async (tag: string, step: string) => {
      project.write({ 'index.ts': payments(tag, step) });
      await project.up();
      return byName(project.objects());
    };
    const image = (objects: Map<string, Record<string, any>>, track: string) =>
      objects.get(`Deployment shop/payments-${track}`)?.spec.template.spec.containers[0].image.split(':')[1];
    const weights = (objects: Map<string, Record<string, any>>) =>
      objects.get('VirtualService shop/payments')!.spec.http.at(-1).route.map(({ weight }: { weight: number }) => weight);

    const pods = await at('2.0.0', '\'01-canary-5-pods\'');
    expect([image(pods, 'stable'), image(pods, 'canary'), weights(pods)]).toEqual(['1.0.0', '2.0.0', [100, 0]]);
    expect([...pods.keys()].filter((key) => key.startsWith('ConfigMap'))).toHaveLength(2);
    const share = await at('2.0.0', '\'02-canary-5-weights\'');
    expect([image(share, 'stable'), image(share, 'canary'), weights(share)]).toEqual(['1.0.0', '2.0.0', [95, 5]]);
    const back = await at('2.0.0', '\'rollback-1-weights\'');
    expect([image(back, 'stable'), image(back, 'canary'), weights(back)]).toEqual(['1.0.0', '2.0.0', [100, 0]]);
    const promoted = await at('2.0.0', '\'promote-1-stable\'');
    expect([image(promoted, 'stable'), weights(promoted)]).toEqual(['2.0.0', [95, 5]]);
    const after = await at('2.0.0', 'undefined');
    expect([image(after, 'stable'), image(after, 'canary'), weights(after)]).toEqual(['2.0.0', undefined, [100, 0]]);
  });

  test('tells a mistake in one sentence, and makes nothing', async () => {
    const program = payments('1.0.0', 'undefined').replace('port: 3000', 'port: 70000');
    const project = await engine.project(join(FOLDER, 'mistake'), COMPILED, { ...PROJECT, 'index.ts': program });
    const { status, stdout, stderr } = await project.attempt('up', '--yes', '--skip-preview');
    expect(status).not.toBe(0);
    const told = stdout + stderr;
    expect(told).toContain('[payments] port 70000 must be a whole number from 1 to 65535');
    expect(told).not.toMatch(/^\s+at /m);
    expect(told).not.toMatch(/kubernetes:/);
  });

  test('lets the policy pack refuse what is written by hand beside a service', async () => {
    const program = `${payments('1.0.0', 'undefined')}
      import { Deployment } from '@pulumi/kubernetes/apps/v1';
      import { Service } from '@pulumi/kubernetes/core/v1';
      const labels = { app: 'by-hand' };
      new Service('by-hand', { metadata: { name: 'by-hand', namespace: 'shop' }, spec: { selector: labels, ports: [{ port: 80, targetPort: 8080 }] } });
      new Deployment('by-hand', {
        metadata: { name: 'by-hand', namespace: 'shop' },
        spec: { replicas: 3, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'registry.example.com/web:1.0.0', ports: [{ containerPort: 8080 }] }] } } },
      });`;
    const project = await engine.project(join(FOLDER, 'policy'), COMPILED, { ...PROJECT, 'index.ts': program });
    const pack = project.policyPack(POLICY_PACK);
    const { status, stdout, stderr } = await project.attempt('preview', '--policy-pack', pack);
    const told = stdout + stderr;
    expect(told).toMatch(/missing-pre-stop|pre-stop/);
    expect(told).toMatch(/by-hand/);
    expect(told).not.toMatch(/Deployment: +payments/);
    expect(status).not.toBe(0);
  });
});

const POLICY_PACK = readFileSync(join(CHECKOUT, 'examples/pulumi-policy/index.ts'), 'utf8');
