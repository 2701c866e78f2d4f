import fc from 'fast-check';
import { watch } from './invariants';
import { CANARY, made } from './made-release';
import { PROMOTE, ROLLBACK, share, Situation, type Order } from './situation';

const OLD = made('1.0.0', { rollout: CANARY });
const NEW = made('2.0.0', { rollout: CANARY });

/** Seconds that requests travel: most fast, some so slow that everything else happens in the meantime. */
const LATENCIES = fc.array(fc.oneof(
  { weight: 9, arbitrary: fc.double({ min: 0.01, max: 3, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ min: 10, max: 60, noNaN: true }) },
), { minLength: 30, maxLength: 30 });

test.each<[string, Order, Order]>([
  ['promote to a share and rollback', share('50'), ROLLBACK],
  ['promote to the end and rollback', PROMOTE, ROLLBACK],
  ['two rollbacks', ROLLBACK, ROLLBACK],
  ['two promotions', share('50'), PROMOTE],
])('%s at a time keep every promise, and one that stops says why', async (_, first, second) => {
  let stopped = 0;
  await fc.assert(fc.asyncProperty(LATENCIES, LATENCIES, fc.double({ min: 0, max: 45, noNaN: true }), async (one, other, later) => {
    const situation = new Situation(OLD, NEW);
    const broken = watch(situation, ['canary', 'stable'], 30);
    await situation.run(share('5'));
    const latencyOf = (seconds: readonly number[]) => {
      let at = 0;
      return () => seconds[(at += 1) % seconds.length];
    };
    const both = Promise.all([
      situation.start(first, { latency: latencyOf(one) }),
      situation.time.sleep(later).then(() => situation.start(second, { latency: latencyOf(other) })),
    ]);
    const ended = await situation.time.until(both);
    await situation.time.pass(90);
    expect(broken).toEqual([]);
    expect(ended!.filter(({ code }) => code !== 0 && code !== 3)).toEqual([]);
    ended!.filter(({ code }) => code === 3).forEach(({ out }) => {
      stopped += 1;
      expect(out).toMatch(/stopped: .*(is being moved by another run|because something else has changed it|never tried or was taken back|shall have 0 pods|gives canary)/);
    });
    // Whatever became of the two, a rollback leads back.
    expect((await situation.run(ROLLBACK))?.code).toBe(0);
    await situation.time.pass(60);
    expect(situation.state).toEqual(new Situation(OLD, NEW).state);
    expect(broken).toEqual([]);
  }), { numRuns: 25 });
  expect(stopped).toBeGreaterThan(0);
}, 120_000);
