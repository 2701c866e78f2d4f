import type { Client } from 'pg';
import { Book } from './book';
import { Program } from './program';
import { Random } from './random';
import { ADD, GIVE, RENAME, RETYPE, type Scenario } from './scenarios';
import { emptied, lastOf, sleep, taken } from './taken';
import type { Change } from '../../../src/expand-contract/phases/change';
import { phasesOf } from '../../../src/expand-contract/phases/phases-of';
import { runPhases } from '../../../src/expand-contract/run/run-phases';
import { sessionOf } from '../../../src/expand-contract/run/session';
import { DEFAULT_RUN_SETTINGS } from '../../../src/expand-contract/run/settings';
import { PostgresServer } from '../../support/postgres/server';

const ROWS = 20_000;
/** So small that a few seconds of a program's life lie within the walk. */
const SLOWLY = { smallestBatch: 50, largestBatch: 200, restPerWork: 1, vacuumAfterShare: 0.1 };

/** Each of a type of its own, which a list of them hides. */
const SCENARIOS = [RENAME, RETYPE, ADD, GIVE] as unknown as readonly Scenario<unknown>[];

describe.each([18, 11])('on PostgreSQL %i', (major) => {
  let server: PostgresServer;
  let client: Client;

  beforeAll(async () => {
    server = await PostgresServer.start(major);
    client = await server.connect();
  }, 300_000);

  afterAll(() => server?.stop());

  async function given(scenario: Scenario<unknown>): Promise<Book<unknown>> {
    await emptied(client);
    await client.query(`CREATE TABLE orders (id integer PRIMARY KEY, touched integer NOT NULL DEFAULT 0, ${scenario.columns});
      INSERT INTO orders SELECT n, 0, ${scenario.seed} FROM generate_series(1, ${ROWS}) n;
      ${indexOf(scenario.change)}`);
    return new Book(Array.from({ length: ROWS }, (_, index) => [index + 1, scenario.seeded(index + 1)] as const));
  }

  /** Where one column takes the place of another, what stands on that one comes along. */
  function indexOf(change: Change): string {
    return 'from' in change && 'to' in change && typeof change.from === 'string' ? `CREATE INDEX by_it ON orders (${change.from}, id)` : '';
  }

  async function hasIndexOf(change: Change): Promise<boolean> {
    const { rows } = await client.query<{ text: string }>('SELECT pg_get_indexdef(indexrelid) AS text FROM pg_index WHERE indrelid = \'orders\'::regclass');
    return rows.some(({ text }) => text.endsWith(` by_it ON public.orders USING btree (${'to' in change ? change.to : ''}, id)`));
  }

  /** Every row that the book does not know as the server has it. */
  async function different(book: Book<unknown>, { sql, of }: Scenario<unknown>['end']): Promise<readonly string[]> {
    const { rows } = await client.query<{ id: number; touched: number; value: unknown }>(`SELECT id, touched, ${sql} AS value FROM orders ORDER BY id`);
    const known = book.all().map(([id, { state, touched }]) => JSON.stringify({ id, touched, value: of(state, id) }));
    const found = new Set(rows.map((row) => JSON.stringify(row)));
    return [...known.filter((row) => !found.has(row)), ...rows.length === known.length ? [] : [`${rows.length} rows and not ${known.length}`]];
  }

  function report(title: string, seed: number, ...programs: readonly Program<unknown>[]): void {
    const latencies = programs.flatMap((program) => program.latencies).sort((one, other) => one - other);
    const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))].toFixed(1);
    console.info(`PostgreSQL ${major}, ${title}: ${latencies.length} actions, p99 ${at(0.99)} ms, longest ${at(1)} ms, seed ${seed}`);
  }

  describe.each(SCENARIOS.filter(({ change }) => major === 18 || change.kind === 'renameColumn' || change.kind === 'changeColumnType'))('$change.kind', (scenario) => {
    test('is noticed by no version of a program that reads and writes all the while', async () => {
      const seed = Random.seed();
      const book = await given(scenario);
      const old = await Program.start(server, scenario.old, book, new Random(seed));
      const ready = await taken(server, 'a change', scenario.change, 'ready', SLOWLY);
      const fresh = await Program.start(server, scenario.fresh, book, new Random(seed + 1));
      await sleep(1500);
      await old.stop();
      const contracted = await taken(server, 'a change', scenario.change, 'contract');
      await sleep(500);
      await fresh.stop();
      report(scenario.change.kind, seed, old, fresh);
      expect([...old.errors, ...fresh.errors]).toEqual([]);
      expect([lastOf(ready), lastOf(contracted)]).toMatchObject([{ state: 'done' }, { state: 'done', note: 'the old shape is gone' }]);
      expect(await different(book, scenario.end)).toEqual([]);
      expect(await hasIndexOf(scenario.change)).toBe(indexOf(scenario.change) !== '');
    });

    test('is taken back half-way, and noticed by nobody', async () => {
      const seed = Random.seed();
      const book = await given(scenario);
      const old = await Program.start(server, scenario.old, book, new Random(seed));
      let batches = 0;
      const settings = { ...DEFAULT_RUN_SETTINGS, ...SLOWLY };
      for await (const { note } of runPhases(sessionOf(await server.connect()), { phases: phasesOf('a change', scenario.change), goal: 'ready', settings, sleep })) {
        batches += note === 'backfill' ? 1 : 0;
        if (batches === 50) {
          break;
        }
      }
      const aborted = await taken(server, 'a change', scenario.change, 'abort');
      await sleep(500);
      await old.stop();
      report(`${scenario.change.kind} aborted`, seed, old);
      expect(old.errors).toEqual([]);
      expect(lastOf(aborted)).toMatchObject({ state: 'done', note: 'everything is as it was before' });
      expect(await different(book, scenario.aborted)).toEqual([]);
    });
  });
});
