import { Engine, keyOf, type Objects } from './engine';
import { find, objectOf, run } from './program';
import { Analysis, Colour, Duration, Health, KedaTrigger, Pods, Replicas, Rollout, RolloutEngine, Traffic, ZeroDowntimeService, type ZeroDowntimeServiceArgs } from '../../src/pulumi';
import { made } from '../release/made-release';

jest.setTimeout(120_000);

const engine = RolloutEngine.native();
const analysis = Analysis.prometheus({ address: 'http://prometheus.monitoring:9090', maxErrorRate: 0.01 });
const steps = [5, 50];
const header = { name: 'x-canary', value: 'true' };

type Args = Partial<ZeroDowntimeServiceArgs>;

/** The same release of the same service, as it is declared for the old version and for the new one. */
const RELEASES: ReadonlyArray<readonly [title: string, before: Args, after: Args]> = [
  ['a canary through Istio', ...same({ rollout: Rollout.canary({ engine, steps, header, analysis }) })],
  ['a mirrored canary', ...same({ rollout: Rollout.canary({ engine, steps, mirrorPercent: 10 }) })],
  ['a canary under an autoscaler', ...same({ rollout: Rollout.canary({ engine, steps }), replicas: Replicas.autoscaled({ min: 4, max: 8, cpuPercent: 70 }) })],
  ['a canary under KEDA', ...same({ rollout: Rollout.canary({ engine, steps }), replicas: Replicas.keda({ min: 4, max: 8, triggers: [KedaTrigger.cpu(70)] }) })],
  ['a canary through an Ingress of a load balancer', ...same({ rollout: Rollout.canary({ engine, steps, header }), traffic: [Traffic.awsLoadBalancer({ hosts: ['a.example.com'] })] })],
  ['a canary through ingress-nginx', ...same({ rollout: Rollout.canary({ engine, steps, header }), traffic: [Traffic.ingressNginx({ hosts: ['a.example.com'] })] })],
  ['a canary through the Gateway API', ...same({ rollout: Rollout.canary({ engine, steps }), traffic: [Traffic.httpRoute({ gateways: [{ name: 'public' }] })] })],
  ['an A/B test', ...same({ rollout: Rollout.abTest({ engine, header }) })],
  ['a blue-green release', ...colours({})],
  ['a blue-green release with a smaller preview', ...colours({ previewPods: Pods.count(2), analysis, previewAnalysis: analysis })],
  ['a blue-green release under an autoscaler', ...colours({}, { replicas: Replicas.autoscaled({ min: 4, max: 8, cpuPercent: 70 }) })],
  ['a blue-green release through an Ingress of a load balancer', ...colours({}, { traffic: [Traffic.awsLoadBalancer()] })],
];

function same(args: Args): [Args, Args] {
  return [args, args];
}

function colours(options: Parameters<typeof Rollout.blueGreen>[0], args: Args = {}): [Args, Args] {
  const of = (live: Colour) => ({ ...args, rollout: Rollout.blueGreen({ ...options, engine: RolloutEngine.native({ live }) }) });
  return [of(Colour.BLUE), of(Colour.GREEN)];
}

function declared(tag: string, args: Args): ZeroDowntimeServiceArgs {
  return {
    namespace: 'shop',
    image: `registry.example.com/payments:${tag}`,
    port: 3000,
    health: Health.http({ readiness: '/ready', liveness: '/healthz' }),
    replicas: Replicas.fixed(4),
    traffic: [Traffic.istio()],
    config: { VERSION: tag },
    ...args,
  };
}

function declare(tag: string, args: Args): ZeroDowntimeService {
  return new ZeroDowntimeService('payments', declared(tag, args));
}

/** What kubectl leaves in the cluster, which applies files one after another and removes nothing. */
function applied(...files: ReadonlyArray<readonly any[]>): Objects {
  return new Map(files.flat().map((object) => [keyOf(object), object]));
}

/** What has no pods, or nothing to do any more: Pulumi removes it where kubectl leaves it behind. */
function isIdle(object: Record<string, any>, objects: Objects): boolean {
  const idle = (name: string) => objects.get(`Deployment ${name}`)?.spec.replicas === 0;
  switch (object.kind) {
    case 'Deployment': return object.spec.replicas === 0;
    case 'PodDisruptionBudget': return idle(object.metadata.name);
    case 'HorizontalPodAutoscaler':
    case 'ScaledObject': return idle(object.spec.scaleTargetRef.name);
    case 'ConfigMap': return object.immutable !== true;
    default: return false;
  }
}

describe.each(RELEASES)('%s, step by step', (_, before, after) => {
  const old = made('1.0.0', { config: { VERSION: '1.0.0' }, ...before } as never);
  const fresh = made('2.0.0', { config: { VERSION: '2.0.0' }, ...after } as never);

  /** The ids of the steps, and the files that kubectl applies until each. */
  async function stepsOf(isRollback: boolean): Promise<string[]> {
    const { made: service } = await run(() => declare('2.0.0', after));
    return service.releaseSteps.filter((step) => step.isRollback === isRollback).map(({ id }) => id);
  }

  const fileOf = (id: string) => fresh.step(`${id.replace(/^(\d+)-/, '$1-')}.`);

  function expectSame(cluster: Objects, kubectl: Objects): void {
    const missing = [...kubectl].filter(([key]) => !cluster.has(key)).map(([, object]) => object);
    expect(missing.filter((object) => !isIdle(object, kubectl)).map(keyOf)).toEqual([]);
    const both = [...kubectl.keys()].filter((key) => cluster.has(key));
    expect(Object.fromEntries(both.map((key) => [key, cluster.get(key)]))).toEqual(Object.fromEntries(both.map((key) => [key, kubectl.get(key)])));
    expect([...cluster.keys()].filter((key) => !kubectl.has(key))).toEqual([]);
  }

  test('each step leaves in the cluster what kubectl would, and so does the state after the last', async () => {
    const cluster = new Engine();
    expectSame(await cluster.up(() => declare('1.0.0', before)), applied(old.steady));
    const files: Array<readonly any[]> = [];
    for (const id of await stepsOf(false)) {
      files.push(fileOf(id));
      expect(files.at(-1)).not.toEqual([]);
      expectSame(await cluster.up(() => declare('2.0.0', { ...after, releaseStep: id })), applied(old.steady, ...files));
    }
    expectSame(await cluster.up(() => declare('2.0.0', after)), applied(old.steady, ...files, fresh.steady));
  });

  test('the way back from the first pods and from the last share leaves what kubectl would, and the old version as it was', async () => {
    const forward = await stepsOf(false);
    const rollback = await stepsOf(true);
    for (const from of [forward[1], forward[3]]) {
      const cluster = new Engine();
      await cluster.up(() => declare('1.0.0', before));
      const files = forward.slice(0, forward.indexOf(from) + 1).map(fileOf);
      for (const id of forward.slice(0, forward.indexOf(from) + 1)) {
        await cluster.up(() => declare('2.0.0', { ...after, releaseStep: id }));
      }
      for (const id of rollback) {
        files.push(fileOf(id));
        const now = await cluster.up(() => declare('2.0.0', { ...after, releaseStep: id }));
        const kubectl = applied(old.steady, ...files);
        const known = new Map([...now].filter(([key, object]) => kubectl.has(key) || !isIdle(object, now)));
        expectSame(known, kubectl);
      }
      const again = await cluster.up(() => declare('1.0.0', before));
      expectSame(again, applied(old.steady, fresh.steady.filter(({ kind, immutable }) => kind === 'ConfigMap' && immutable), old.steady));
    }
  });
});

describe('a release that skips steps', () => {
  const canary: Args = { rollout: Rollout.canary({ engine, steps }) };


  test('has the pods of a share before the share, and the stable version before the canary goes', async () => {
    const { made: service } = await run(() => declare('2.0.0', canary));
    const last = service.releaseSteps.filter(({ isRollback }) => !isRollback).at(-1)!.id;
    const { resources } = await run(() => declare('2.0.0', { ...canary, releaseStep: last }));
    const order = resources.map(({ name }) => name);
    const at = (name: string) => order.indexOf(`payments-${name}`);
    expect(at('deployment-stable')).toBeLessThan(at('virtual-service'));
    expect(at('virtual-service')).toBeLessThan(at('deployment-canary'));
    expect(find({ resources }, 'payments-deployment-canary').dependsOn).toContain('payments-virtual-service');
    expect(find({ resources }, 'payments-virtual-service').dependsOn).toContain('payments-deployment-stable');
    expect(objectOf(find({ resources }, 'payments-deployment-canary')).spec.replicas).toBe(0);
  });
});

describe('a blue-green release without steps', () => {
  test('leads no request to a colour before its pods are there', async () => {
    const { resources } = await run(() => declare('2.0.0', { rollout: Rollout.blueGreen({ engine: RolloutEngine.native({ live: Colour.GREEN }) }) }));
    for (const name of ['payments-service', 'payments-service-preview', 'payments-virtual-service']) {
      expect(find({ resources }, name).dependsOn).toContain('payments-deployment-green');
    }
  });
});

describe('a step that is none', () => {
  const refused = (args: Args) => () => declare('2.0.0', args);

  test('is refused with those that are', () => {
    expect(refused({ rollout: Rollout.abTest({ engine, header, duration: Duration.minutes(5) }), releaseStep: 'ab' })).toThrow(
      '[payments] releaseStep "ab" must be one of prepare, 01-ab-test-pods, 02-ab-test-header, promote-1-stable, promote-2-weights, promote-3-scale-down, '
      + 'rollback-1-weights, rollback-2-scale-down; between releases leave it out');
  });

  test('is refused where a controller takes the steps', () => {
    const message = '[payments] releaseStep "prepare" needs a canary, an A/B test or a blue-green release with RolloutEngine.native(), because a controller '
      + 'takes the steps of others; leave it out';
    expect(refused({ releaseStep: 'prepare' })).toThrow(message);
    expect(refused({ rollout: Rollout.canary({ steps }), releaseStep: 'prepare' })).toThrow(message);
  });
});

test('the steps tell what to wait for', async () => {
  const { made: service } = await run(() => declare('2.0.0', { rollout: Rollout.canary({ engine, steps: [5], approvalAt: [5], analysis } as never) }));
  const share = service.releaseSteps.find(({ id }) => id === '02-canary-5-weights')!;
  expect(share.title).toBe('the canary takes 5 % of the traffic');
  expect(share.waitFor).toEqual([
    expect.stringMatching(/^\d+s: the share is held$/), 'zero-downtime analyze passes the analysis of ConfigMap payments-analysis', 'somebody approves',
  ]);
  expect(service.releaseSteps.find(({ id }) => id === '01-canary-5-pods')!.waitFor).toEqual(['Deployment payments-canary is available with 2 pods']);
});
