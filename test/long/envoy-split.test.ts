import { describeUnless } from './command';
import { envoyMissing, freePort, type Named, RunningEnvoy, serveName } from './envoy';
import { ofGateway, ofMesh, type Routing } from './envoy-configuration';
import { scratchFolder } from './scratch';
import { abTest, canary, ClusterState, HEADER, HTTP_ROUTE, ISTIO, releaseOf, steadyOf } from '../manifests/release/native';
import type { Props } from '../plan/declare';

const REQUESTS = 10_000;
const MARKED = { [HEADER.name]: HEADER.value };

/** Standard deviations of a binomial count: a sound split is further away about once in a million measurements. */
const DEVIATIONS = 5;

/** How far the count of one version may be from its share of all requests. */
function tolerance(percent: number): number {
  const share = percent / 100;
  return DEVIATIONS * Math.sqrt(REQUESTS * share * (1 - share));
}

const WAYS = [
  { way: 'Istio', traffic: ISTIO, configure: ofMesh, host: 'api.example.com' },
  { way: 'the Gateway API', traffic: HTTP_ROUTE, configure: ofGateway, host: 'r.example.com' },
] as const;

describeUnless(envoyMissing(), 'a real Envoy', () => {
  const folder = scratchFolder('envoy');
  const named = new Map<string, Named>();

  beforeAll(async () => {
    for (const track of ['stable', 'canary']) {
      named.set(track, await serveName(track));
    }
  });

  afterAll(async () => {
    await Promise.all([...named.values()].map(({ close }) => close()));
  });

  describe.each(WAYS)('with what is synthesized for $way', ({ traffic, configure, host }) => {
    const canaried = canary({ steps: [1, 5, 25, 50, 100], header: HEADER }, { traffic: [traffic] });

    /** Asks an Envoy that has the objects of a cluster after so many steps. */
    async function asking<T>(props: Props, until: string | undefined, ask: (envoy: RunningEnvoy) => Promise<T>): Promise<T> {
      const state = new ClusterState(Object.values(steadyOf(props)));
      const { forward, rollback } = releaseOf(props);
      const steps = until?.startsWith('rollback') ? [...forward.slice(0, 7), ...rollback] : forward;
      const last = steps.findIndex(({ id }) => id === until);
      steps.slice(0, last + 1).forEach((step) => state.applyStep(step));
      const routing: Routing = { objects: state.manifests, portOf: (track) => named.get(track)!.port };
      const port = await freePort();
      const envoy = await RunningEnvoy.start(folder, configure(routing, port), port);
      try {
        return await ask(envoy);
      } finally {
        await envoy.stop();
      }
    }

    test.each([[1, '02'], [5, '04'], [25, '06'], [50, '08']])(
      'the canary gets %d %% of ten thousand requests, within five standard deviations', async (weight, number) => {
        const answers = await asking(canaried, `${number}-canary-${weight}-weights`, (envoy) => envoy.answers(REQUESTS, { host }));
        expect(Object.keys(answers).sort()).toEqual(['canary', 'stable']);
        expect(answers.canary + answers.stable).toBe(REQUESTS);
        expect(Math.abs(answers.canary - REQUESTS * weight / 100)).toBeLessThan(tolerance(weight));
      });

    test('requests with the header reach the canary alone, whatever its share', async () => {
      const answers = await asking(canaried, '02-canary-1-weights', (envoy) => envoy.answers(REQUESTS, { host, headers: MARKED }));
      expect(answers).toEqual({ canary: REQUESTS });
    });

    test('another value of the header is no reason to reach the canary', async () => {
      const answers = await asking(abTest({ traffic: [traffic] }), '02-ab-test-header', (envoy) =>
        envoy.answers(1000, { host, headers: { [HEADER.name]: `${HEADER.value}x` } }));
      expect(answers).toEqual({ stable: 1000 });
    });

    test('an A/B test divides by the header alone', async () => {
      const answers = await asking(abTest({ traffic: [traffic] }), '02-ab-test-header', async (envoy) =>
        [await envoy.answers(1000, { host }), await envoy.answers(1000, { host, headers: MARKED })]);
      expect(answers).toEqual([{ stable: 1000 }, { canary: 1000 }]);
    });

    test.each([['between releases', undefined], ['after the way back', 'rollback-1-weights'], ['after the promotion', 'promote-2-weights']])(
      '%s the stable version answers everything, with the header and without', async (_, step) => {
        const answers = await asking(canaried, step, async (envoy) =>
          [await envoy.answers(1000, { host }), await envoy.answers(1000, { host, headers: MARKED })]);
        expect(answers).toEqual([{ stable: 1000 }, { stable: 1000 }]);
      });

    test('a share of a hundred leaves nothing to the stable version', async () => {
      expect(await asking(canaried, '10-canary-100-weights', (envoy) => envoy.answers(1000, { host }))).toEqual({ canary: 1000 });
    });
  });
});
