import { watch } from './invariants';
import { BLUE, CANARY, made, TO_GREEN } from './made-release';
import { PROMOTE, ROLLBACK, share, Situation, step } from './situation';
import { Replicas } from '../../src';

const OLD = made('1.0.0', { rollout: CANARY });
const NEW = made('2.0.0', { rollout: CANARY });
const LIVE_BLUE = made('1.0.0', { rollout: BLUE });
const NEXT_GREEN = made('2.0.0', { rollout: TO_GREEN });

const version = (deployment: any) => deployment?.spec.template.spec.containers[0].image.split(':')[1];
const weights = ({ server }: Situation) => server.find('VirtualService', 'payments').spec.http
  .map((route: any) => route.route.map(({ destination, weight }: any) => [destination.subset, weight]));
const colour = ({ server }: Situation) => server.find('Service', 'payments').spec.selector['zero-downtime/track'];

/** A release of which these orders were carried out. */
async function after(...orders: Parameters<Situation['run']>[0][]): Promise<Situation> {
  const situation = new Situation(OLD, NEW);
  for (const order of orders) {
    expect((await situation.run(order))?.code).toBe(0);
  }
  return situation;
}

describe('promote of a canary', () => {
  test('to a share makes its pods first, and then moves the weights and the header', async () => {
    const situation = await after(share('5'));
    expect([version(situation.deployment('payments-canary')), situation.deployment('payments-canary').status.availableReplicas]).toEqual(['2.0.0', 2]);
    expect(version(situation.deployment('payments-stable'))).toBe('1.0.0');
    expect(weights(situation)).toEqual([[['canary', undefined]], [['stable', 95], ['canary', 5]]]);
  });

  test('to the end gives the stable version its pods before the traffic, and takes the canary\'s away last', async () => {
    const situation = await after(share('5'), share('50'), PROMOTE);
    expect([version(situation.deployment('payments-stable')), situation.deployment('payments-stable').status.availableReplicas]).toEqual(['2.0.0', 4]);
    expect(weights(situation)).toEqual([[['stable', 100], ['canary', 0]]]);
    expect(situation.deployment('payments-canary').spec.replicas).toBe(0);
  });

  test('waits for the bound between weight 0 and the removal of pods, which is not shorter than the index says', async () => {
    const situation = await after(share('50'));
    let unused = NaN;
    let removed = NaN;
    situation.server.onChanged = (now) => {
      unused = Number.isNaN(unused) && weights(situation).length === 1 ? now : unused;
      removed = Number.isNaN(removed) && situation.deployment('payments-canary').spec.replicas === 0 ? now : removed;
    };
    await situation.run(PROMOTE);
    expect(removed - unused).toBeGreaterThanOrEqual(30);
    expect(removed - unused).toBeLessThan(33);
  });

  test('done once more changes nothing but the mark of who came last', async () => {
    const situation = await after(share('5'), PROMOTE);
    const { state } = situation;
    const again = await situation.run({ ...PROMOTE, format: 'json' });
    const { outcome, actions } = JSON.parse(again!.out);
    expect([outcome, actions.filter((action: any) => action.state === 'DONE').length, situation.state]).toEqual(['DONE', 1, state]);
  });

  test('of a version that was taken back stops', async () => {
    const situation = await after(share('5'), ROLLBACK);
    expect(await situation.run(PROMOTE)).toMatchObject({ code: 3, out: expect.stringContaining('was never tried or was taken back; run promote --weight') });
    expect(version(situation.deployment('payments-stable'))).toBe('1.0.0');
  });

  test('to a smaller share than it has stops, because that is no promotion', async () => {
    const situation = await after(share('50'));
    expect(await situation.run(share('5'))).toMatchObject({
      code: 3, out: expect.stringContaining('VirtualService shop/payments gives canary 50 % already, which is more than --weight 5'),
    });
  });

  test('--step does one step alone', async () => {
    const situation = await after(step('canary-50-pods'));
    expect(situation.deployment('payments-canary').status.availableReplicas).toBe(2);
    expect(weights(situation)).toEqual([[['stable', 100], ['canary', 0]]]);
  });

  test('--step moves no weights to pods that are not there', async () => {
    const situation = new Situation(OLD, NEW);
    await expect(situation.run(step('canary-5-weights'))).rejects.toMatchObject({ problems: [{ message: expect.stringContaining('is not in the cluster; run promote') }] });
    await situation.run(share('5'));
    await situation.run(ROLLBACK);
    expect(await situation.run(step('canary-5-weights'))).toMatchObject({ code: 3, out: expect.stringContaining('shall have 0 pods, and must have at least 2') });
  });

  test('leaves the number of replicas to the autoscaler', async () => {
    const situation = await after(share('5'));
    situation.deployment('payments-stable').spec.replicas = 7;
    await situation.run(PROMOTE);
    expect([situation.deployment('payments-stable').spec.replicas, version(situation.deployment('payments-stable'))]).toEqual([7, '2.0.0']);
  });

  test.each([[PROMOTE], [ROLLBACK]])('lets the autoscaler remove pods again once it is over: %j', async (last) => {
    const replicas = Replicas.autoscaled({ min: 4, max: 8, cpuPercent: 70 });
    const situation = new Situation(made('1.0.0', { rollout: CANARY, replicas }), made('2.0.0', { rollout: CANARY, replicas }));
    situation.deployment('payments-stable').spec.replicas = 4;
    const policy = () => situation.server.find('HorizontalPodAutoscaler', 'payments').spec.behavior.scaleDown.selectPolicy;
    await situation.time.pass(60);
    expect(policy()).toBe('Disabled');
    expect(await situation.run(share('50'))).toMatchObject({ code: 0 });
    expect([policy(), situation.deployment('payments-canary').status.availableReplicas]).toEqual(['Disabled', 4]);
    expect(await situation.run(last)).toMatchObject({ code: 0 });
    expect([policy(), situation.deployment('payments-stable').spec.replicas]).toEqual(['Max', 4]);
  });

  test('leaves nothing of the old template behind', async () => {
    const situation = await after(share('5'));
    const { template } = situation.deployment('payments-stable').spec;
    template.spec.nodeSelector = { old: 'true' };
    template.spec.containers[0].env = [{ name: 'OLD', value: 'true' }];
    await situation.run(PROMOTE);
    const { spec } = situation.deployment('payments-stable').spec.template;
    expect(spec.nodeSelector).toBe(undefined);
    expect(spec.containers[0].env.map(({ name }: any) => name)).not.toContain('OLD');
  });
});

describe('rollback of a canary', () => {
  test.each([[['5']], [['5', '50']]])('from the shares %j ends where the release began', async (shares) => {
    const { state } = new Situation(OLD, NEW);
    expect((await after(...shares.map(share), ROLLBACK)).state).toEqual(state);
  });

  test('moves the traffic by its first change', async () => {
    const situation = await after(share('50'));
    const seen: unknown[] = [];
    situation.server.onChanged = () => seen.push(weights(situation));
    await situation.run(ROLLBACK);
    expect(seen[0]).toEqual([[['stable', 100], ['canary', 0]]]);
  });

  test('after a promotion gives the stable version its template back', async () => {
    const { state } = new Situation(OLD, NEW);
    expect((await after(share('5'), PROMOTE, ROLLBACK)).state).toEqual(state);
  });

  test('makes every change only to the version that it was decided on', async () => {
    const situation = await after(share('50'));
    const handled = jest.spyOn(situation.server, 'handle');
    await situation.run(ROLLBACK);
    const patches = handled.mock.calls.map(([request]) => request).filter(({ method }) => method === 'PATCH').map(({ body }) => JSON.parse(body!));
    expect(patches.length).toBeGreaterThan(2);
    expect(patches.filter((operations) => !operations.some(({ path }: any) => path === '/metadata/resourceVersion'))).toEqual([]);
  });

  test('removes no pods where a route sends to them again at the last moment', async () => {
    const situation = await after(share('50'));
    const begun = situation.time.now;
    const handle = situation.server.handle.bind(situation.server);
    jest.spyOn(situation.server, 'handle').mockImplementation((request) => {
      if (situation.time.now > begun + 30 && request.path.endsWith('/deployments/payments-canary')) {
        const [route] = situation.server.find('VirtualService', 'payments').spec.http;
        route.route.forEach((one: any) => { one.weight = 50; });
      }
      return handle(request);
    });
    expect(await situation.run(ROLLBACK)).toMatchObject({ code: 3, out: expect.stringContaining('VirtualService shop/payments sends requests to canary again') });
    expect(situation.deployment('payments-canary').spec.replicas).toBe(2);
  });

  test('of a release that never began changes nothing', async () => {
    const { state } = new Situation(OLD, NEW);
    expect((await after(ROLLBACK)).state).toEqual(state);
  });
});

describe('blue-green', () => {
  test('promote makes all pods, switches, and removes the old ones after the bake time', async () => {
    const situation = new Situation(LIVE_BLUE, NEXT_GREEN);
    const broken = watch(situation, ['green', 'blue'], 600);
    expect((await situation.run(PROMOTE))?.code).toBe(0);
    expect([colour(situation), version(situation.deployment('payments-green')), situation.deployment('payments-blue').spec.replicas, broken]).toEqual(['green', '2.0.0', 0, []]);
  });

  test('rollback selects the old colour, whose pods are still there', async () => {
    const situation = new Situation(LIVE_BLUE, NEXT_GREEN);
    const broken = watch(situation, ['green', 'blue'], 30);
    expect((await situation.run(step('green-pods')))?.code).toBe(0);
    expect((await situation.run(step('switch')))?.code).toBe(0);
    expect(colour(situation)).toBe('green');
    expect((await situation.run(ROLLBACK))?.code).toBe(0);
    expect([colour(situation), situation.deployment('payments-green').spec.replicas, broken]).toEqual(['blue', 0, []]);
  });

  test('rollback after the old pods are gone makes them again before it switches', async () => {
    const situation = new Situation(LIVE_BLUE, NEXT_GREEN);
    const broken = watch(situation, ['green', 'blue'], 30);
    await situation.run(PROMOTE);
    expect((await situation.run(ROLLBACK))?.code).toBe(0);
    const blue = situation.deployment('payments-blue');
    expect([colour(situation), version(blue), blue.status.availableReplicas, broken]).toEqual(['blue', '1.0.0', 4, []]);
  });

  test('--weight is refused', async () => {
    await expect(new Situation(LIVE_BLUE, NEXT_GREEN).run(share('5'))).rejects.toMatchObject({ problems: [{ message: expect.stringContaining('--weight 5 is not possible') }] });
  });
});

describe('what does not become ready', () => {
  const neverReady = (template: any) => template.spec.containers[0].image.endsWith(':2.0.0') ? Infinity : 5;

  test('ends a promotion at the progress deadline, before any traffic', async () => {
    const situation = new Situation(OLD, NEW, neverReady);
    const ended = await situation.run(share('5'));
    expect(ended).toMatchObject({ code: 1, out: expect.stringMatching(/^ended here .*payments-canary.*$/m) });
    expect(ended?.out).toMatch(/0 of 2 pods of its template available: its progress deadline of \d+ s is exceeded; look at its pods/);
    expect(ended?.out).toMatch(/^not reached .*VirtualService shop\/payments: 5 % to canary/m);
    expect(weights(situation)).toEqual([[['stable', 100], ['canary', 0]]]);
  });

  test('ends it also where the controller says nothing', async () => {
    const situation = new Situation(OLD, NEW, neverReady);
    jest.spyOn(situation.server, 'passed').mockImplementation(() => undefined);
    expect(await situation.run(share('5'))).toMatchObject({ code: 1, out: expect.stringMatching(/is not yet seen by its controller, and nothing has changed for \d+ s/) });
  });

  test('ends it at once where it is paused', async () => {
    const situation = new Situation(OLD, NEW, neverReady);
    await situation.runWith(share('5'), 20, 'killed-after');
    situation.deployment('payments-canary').spec.paused = true;
    expect(await situation.run(share('5'))).toMatchObject({ code: 1, out: expect.stringContaining('it is paused; resume it with kubectl rollout resume') });
  });
});
