import fc from 'fast-check';
import { watch } from './invariants';
import { BLUE, CANARY, made, TO_GREEN, type Made } from './made-release';
import { PROMOTE, ROLLBACK, share, Situation, step, type Order } from './situation';

interface Case {
  readonly from: Made;
  readonly to: Made;
  readonly tracks: readonly [string, string];
  /** What was done before. */
  readonly before: readonly Order[];
  readonly order: Order;
}

const OLD = made('1.0.0', { rollout: CANARY });
const NEW = made('2.0.0', { rollout: CANARY });
const canary = (before: readonly Order[], order: Order): Case => ({ from: OLD, to: NEW, tracks: ['canary', 'stable'], before, order });
const blueGreen = (before: readonly Order[], order: Order): Case => ({
  from: made('1.0.0', { rollout: BLUE }), to: made('2.0.0', { rollout: TO_GREEN }), tracks: ['green', 'blue'], before, order,
});

const CASES: readonly (readonly [string, Case])[] = [
  ['promote to the first share', canary([], share('5'))],
  ['promote to a further share', canary([share('5')], share('50'))],
  ['promote to the end', canary([share('50')], PROMOTE)],
  ['rollback from a share', canary([share('50')], ROLLBACK)],
  ['rollback of a promotion', canary([share('50'), PROMOTE], ROLLBACK)],
  ['promote of blue-green', blueGreen([], PROMOTE)],
  ['rollback of blue-green', blueGreen([step('green-pods'), step('switch')], ROLLBACK)],
];

async function situationOf({ from, to, tracks, before }: Case): Promise<{ situation: Situation; broken: string[] }> {
  const situation = new Situation(from, to);
  const broken = watch(situation, tracks, 30);
  for (const order of before) {
    await situation.run(order);
  }
  return { situation, broken };
}

/** What an order leads to that nobody disturbs, when all pods have become what they shall be. */
async function stateAfter(given: Case, ...orders: readonly Order[]): Promise<unknown> {
  const { situation } = await situationOf(given);
  for (const order of orders) {
    await situation.run(order);
  }
  await situation.time.pass(60);
  return situation.state;
}

describe.each(CASES)('%s', (_, given) => {
  test('killed at any request, and run again or rolled back, ends as if it had not been', async () => {
    const requests = await Situation.countRequests(async () => (await situationOf(given)).situation, given.order);
    expect(requests).toBeGreaterThan(5);
    const ends = new Map([[given.order, await stateAfter(given, given.order)], [ROLLBACK, await stateAfter(given, ROLLBACK)]]);
    for (let number = 1; number <= requests; number += 1) {
      for (const [second, end] of ends) {
        const { situation, broken } = await situationOf(given);
        const ended = await situation.runWith(given.order, number, number % 2 === 0 ? 'killed-before' : 'killed-after');
        expect(ended).toBe(undefined);
        const again = await situation.run(second);
        await situation.time.pass(60);
        expect([number, second, again?.code, situation.state, broken]).toEqual([number, second, 0, end, []]);
      }
    }
  }, 120_000);

  test('with broken connections, conflicts and refusals to be asked now ends as if there were none', async () => {
    const end = await stateAfter(given, given.order);
    const fate = fc.constantFrom(undefined, undefined, undefined, 'reset-before' as const, 'reset-after' as const, CONFLICT, BUSY, INTERNAL);
    await fc.assert(fc.asyncProperty(fc.array(fate, { minLength: 10, maxLength: 40 }), async (fates) => {
      const { situation, broken } = await situationOf(given);
      // Never so many in a row that it gives up.
      const ended = await situation.run(given.order, { fateOf: (number) => number % 4 === 0 ? undefined : fates[number] });
      await situation.time.pass(60);
      expect([ended?.code, situation.state, broken]).toEqual([0, end, []]);
    }), { numRuns: 12 });
  }, 120_000);
});

const status = (code: number, reason: string, headers?: Record<string, string>) => ({
  status: code, headers, body: { kind: 'Status', status: 'Failure', reason, code, message: `${reason} of a test` },
});
const CONFLICT = status(409, 'Conflict');
const BUSY = status(429, 'TooManyRequests', { 'retry-after': '3' });
const INTERNAL = status(500, 'InternalError');
