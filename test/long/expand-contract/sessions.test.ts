import type { Client } from 'pg';
import { connectedAs, emptied, lastOf, sleep, taken, takenBy } from './taken';
import type { Change } from '../../../src/expand-contract/phases/change';
import { sessionOf } from '../../../src/expand-contract/run/session';
import { PostgresServer } from '../../support/postgres/server';

let server: PostgresServer;
let client: Client;

beforeAll(async () => {
  server = await PostgresServer.start(18, { max_prepared_transactions: '5' });
  client = await server.connect();
}, 60_000);

afterAll(() => server?.stop());

beforeEach(async () => {
  // What a test that failed has left open would hold up the next one.
  await client.query('ROLLBACK; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = \'client backend\' AND pid <> pg_backend_pid()');
  const { rows } = await client.query<{ gid: string }>('SELECT quote_literal(gid) AS gid FROM pg_prepared_xacts');
  await Promise.all(rows.map(async ({ gid }) => client.query(`ROLLBACK PREPARED ${gid}`)));
  await emptied(client);
  await client.query(`CREATE TABLE customers (id bigint PRIMARY KEY, name text);
    CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, status text NOT NULL, touched integer NOT NULL DEFAULT 0);
    INSERT INTO customers SELECT n, 'secret' || n FROM generate_series(1, 100) n;
    INSERT INTO orders SELECT n, n % 100 + 1, 'new' || n % 5 FROM generate_series(1, 5000) n`);
});

const RENAME: Change = { kind: 'renameColumn', table: 'orders', from: 'status', to: 'state' };
const INDEX: Change = { kind: 'createIndex', table: 'orders', index: 'by_touched', columns: ['touched'] };

async function named(name: string): Promise<Client> {
  const session = await server.connect();
  await session.query(`SET application_name = '${name}'`);
  return session;
}

test('of two runners at once one waits by trying, and nothing is done twice', async () => {
  const slowly = { smallestBatch: 50, largestBatch: 50, restPerWork: 1 };
  const outcomes = await Promise.all([taken(server, 'a change', RENAME, 'ready', slowly), taken(server, 'a change', RENAME, 'ready', slowly)]);
  const waits = outcomes.map((each) => each.filter(({ state }) => state === 'wait').map(({ note }) => note));
  expect(outcomes.map(lastOf)).toMatchObject([{ state: 'done' }, { state: 'done' }]);
  expect(waits.filter((each) => each.length > 0)).toHaveLength(1);
  expect(waits.flat()[0]).toMatch(/^another session runs this migration: session \d+ \(zero-downtime\)$/);
  expect((await client.query('SELECT rows_written::integer AS written FROM zero_downtime.walk WHERE phase = \'backfill\'')).rows).toEqual([{ written: 5000 }]);
});

test('two that install the ledger at the same moment do not meet', async () => {
  const changes: Change[] = ['a', 'b', 'c', 'd'].map((column) => ({ kind: 'addColumn', table: 'orders', column, type: 'text' }));
  const outcomes = await Promise.all(changes.map(async (change, index) => taken(server, `change ${index}`, change, 'ready', { lockTimeout: '5s' })));
  expect(outcomes.map(lastOf)).toMatchObject(changes.map(() => ({ state: 'done' })));
});

describe('who is in the way', () => {
  test('is named by what it is called and not by what it runs, and waited for longer and longer', async () => {
    const blocker = await named('reports');
    await blocker.query('BEGIN; SELECT count(*) FROM orders WHERE status = \'secret\'');
    const waits: { readonly note: string; readonly pause: number }[] = [];
    const outcomes = await takenBy(sessionOf(await server.connect()), 'a change', RENAME, 'ready', { lockTimeout: '50ms' }, async ({ state, note, pause }) => {
      if (state === 'wait') {
        waits.push({ note, pause });
        await (waits.length === 3 ? blocker.query('COMMIT') : undefined);
      }
    });
    const pid = (blocker as unknown as { processID: number }).processID;
    expect(waits.map(({ note }) => note.replace(/for \S+$/, 'for …'))).toEqual([1, 2, 3].map((attempt) =>
      `state beside status: no lock within 50ms, attempt ${attempt}; in the way: session ${pid} (reports), in a transaction for …`));
    waits.forEach(({ pause }, index) => expect([pause >= 125 * 2 ** (index + 1), pause <= 250 * 2 ** (index + 1)]).toEqual([true, true]));
    expect(lastOf(outcomes)).toMatchObject({ state: 'done' });
    expect((await client.query('SELECT attempts, note FROM zero_downtime.migration')).rows).toEqual([{ attempts: 0, note: null }]);
  }, 30_000);

  test('is named too where it holds a row of a batch, and others wait for the batch for a moment only', async () => {
    await taken(server, 'a change', RENAME, 'expanded');
    const blocker = await named('long one');
    await blocker.query('BEGIN; UPDATE orders SET touched = 1 WHERE id = 900');
    let waits = 0;
    let longest = 0;
    const outcomes = await takenBy(sessionOf(await server.connect()), 'a change', RENAME, 'ready', {}, async ({ state, note }) => {
      if (state === 'wait') {
        waits += 1;
        expect(note).toMatch(/^backfill: a row is locked by somebody else; again with a smaller batch, attempt \d; in the way: session \d+ \(long one\), in a transaction for/);
        const began = performance.now();
        await client.query('UPDATE orders SET touched = 1 WHERE id = 800');
        longest = Math.max(longest, performance.now() - began);
        await (waits === 3 ? blocker.query('COMMIT') : undefined);
      }
    });
    expect(lastOf(outcomes)).toMatchObject({ state: 'done' });
    expect([waits, longest < 200]).toEqual([3, true]);
    expect((await client.query('SELECT count(*)::integer AS wrong FROM orders WHERE state IS DISTINCT FROM status')).rows).toEqual([{ wrong: 0 }]);
  }, 30_000);

  test('may be a transaction that was prepared and has no session', async () => {
    const blocker = await named('lost');
    await blocker.query('BEGIN; UPDATE orders SET touched = 1; PREPARE TRANSACTION \'of yesterday\'');
    await blocker.end();
    const outcomes = await takenBy(sessionOf(await server.connect()), 'a change', RENAME, 'ready', { lockTimeout: '50ms' }, async ({ state, note }) => {
      if (state === 'wait') {
        expect(note).toContain('in the way: the prepared transaction \'of yesterday\', for');
        await client.query('COMMIT PREPARED \'of yesterday\'');
      }
    });
    expect(lastOf(outcomes)).toMatchObject({ state: 'done' });
  });
});

describe('a server that is busy', () => {
  /** Sessions that wait for a row that another one has. */
  async function waiting(count: number): Promise<() => Promise<void>> {
    const holder = await server.connect();
    await holder.query('BEGIN; UPDATE orders SET touched = 1 WHERE id = 4999');
    const waiters = await Promise.all(Array.from({ length: count }, () => server.connect()));
    const all = waiters.map((waiter) => waiter.query('UPDATE orders SET touched = 2 WHERE id = 4999'));
    await sleep(100);
    return async () => {
      await holder.query('COMMIT');
      await Promise.all(all);
    };
  }

  test('is left alone until it is not', async () => {
    await taken(server, 'a change', RENAME, 'expanded');
    const end = await waiting(3);
    let paused = 0;
    const outcomes = await takenBy(sessionOf(await server.connect()), 'a change', RENAME, 'ready', { mostLockWaiters: 1, batchMillis: 5 }, async ({ state }) => {
      paused += state === 'wait' ? 1 : 0;
      await (state === 'wait' ? end() : undefined);
    });
    expect(outcomes.find(({ state }) => state === 'wait')?.note).toMatch(/^paused: [23] sessions wait for a lock, more than 1$/);
    expect([paused > 0, lastOf(outcomes).state]).toEqual([true, 'done']);
  }, 20_000);

  test('is left alone, or told of, where many sessions are active', async () => {
    await taken(server, 'a change', RENAME, 'expanded');
    const busy = await Promise.all([1, 2].map(() => server.connect()));
    const all = busy.map((session) => session.query('SELECT pg_sleep(1)'));
    await sleep(100);
    expect(lastOf(await taken(server, 'a change', RENAME, 'ready', { mostActive: 1, criticalActive: 1 })).note).toMatch(/^stopped: 2 sessions are active \(53ZD1\)/);
    const outcomes = await taken(server, 'a change', RENAME, 'ready', { mostActive: 1 });
    expect([outcomes[0].note, lastOf(outcomes).state]).toEqual(['paused: 2 sessions are active, more than 1', 'done']);
    await Promise.all(all);
  }, 20_000);

  test('ends a walk where it is far too busy, and the next one goes on', async () => {
    await taken(server, 'a change', RENAME, 'expanded');
    const end = await waiting(3);
    const outcomes = await taken(server, 'a change', RENAME, 'ready', { mostLockWaiters: 1, criticalLockWaiters: 1 });
    expect(lastOf(outcomes)).toMatchObject({
      state: 'failed', note: expect.stringMatching(/^stopped: [23] sessions wait for a lock \(53ZD1\); nothing is held meanwhile; run it again when the server has recovered$/),
    });
    await end();
    expect(lastOf(await taken(server, 'a change', RENAME, 'ready'))).toMatchObject({ state: 'done' });
  }, 20_000);
});

describe('a program whose transactions hold in one order what a migration takes in another', () => {
  /** Takes rows from the last to the first, again and again, and counts how it fares. */
  async function backwards(isOver: () => boolean): Promise<{ readonly done: number; readonly errors: readonly string[] }> {
    const session = await server.connect();
    const errors: string[] = [];
    let done = 0;
    while (!isOver()) {
      try {
        await session.query('BEGIN');
        for (const id of [400, 300, 200, 100]) {
          await session.query('UPDATE orders SET touched = touched + 1 WHERE id = $1', [id]);
          await sleep(20);
        }
        await session.query('COMMIT');
        done += 1;
      } catch (error) {
        errors.push((error as Error).message);
        await session.query('ROLLBACK');
      }
    }
    return { done, errors };
  }

  test('is never the one that is ended for a deadlock', async () => {
    let isOver = false;
    const programs = [1, 2].map(async () => backwards(() => isOver));
    const waits: string[] = [];
    let done = 0;
    // Until they have met a few times.
    let round = 0;
    for (; round < 3 || round < 30 && waits.length < 3; round += 1) {
      // No trigger fills it in: rows that the programs have written are written by the batch too.
      const change: Change = { kind: 'addColumn', table: 'orders', column: `column_${round}`, type: 'text', default: '\'new\'' };
      const outcomes = await taken(server, `change ${round}`, change, 'ready', { smallestBatch: 500, batchesPerSpan: 1 });
      waits.push(...outcomes.filter(({ state }) => state === 'wait').map(({ note }) => note));
      done += lastOf(outcomes).state === 'done' ? 1 : 0;
    }
    isOver = true;
    const results = await Promise.all(programs);
    console.info(`${results.reduce((sum, each) => sum + each.done, 0)} transactions, ${waits.length} waits of ${round} migrations`);
    expect([done, results.flatMap(({ errors }) => errors)]).toEqual([round, []]);
    expect([waits.length >= 3, results.every((each) => each.done > 5)]).toEqual([true, true]);
  }, 60_000);

  test('nor do they hold it up for ever where a row of theirs is never free', async () => {
    // No trigger fills it in, so that it is the migration that must write the row.
    const change: Change = { kind: 'addColumn', table: 'orders', column: 'note', type: 'text', default: '\'new\'' };
    await taken(server, 'a change', change, 'expanded');
    let isOver = false;
    // Who comes stands in line for five times 40 ms, and a batch of more than one row waits for 100.
    const programs = Array.from({ length: 6 }, async () => {
      const session = await server.connect();
      while (!isOver) {
        await session.query('BEGIN; SELECT FROM orders WHERE id = 2500 FOR UPDATE');
        await sleep(40);
        await session.query('COMMIT');
      }
    });
    await sleep(300);
    const outcomes = await taken(server, 'a change', change, 'ready');
    isOver = true;
    await Promise.all(programs);
    const waits = outcomes.filter(({ state }) => state === 'wait').map(({ note }) => note);
    expect(lastOf(outcomes)).toMatchObject({ state: 'done' });
    expect([waits.length >= 7, waits[0]]).toEqual([true, expect.stringMatching(/^backfill: a row is locked by somebody else; again with a smaller batch, attempt 1; in the way: session \d+/)]);
    const { rows } = await client.query('SELECT count(*)::integer AS wrong FROM orders WHERE note IS DISTINCT FROM \'new\'');
    expect(rows).toEqual([{ wrong: 0 }]);
  }, 60_000);

  test('nor where it holds the other table of a foreign key', async () => {
    const change: Change = { kind: 'addForeignKey', table: 'orders', constraint: 'of', columns: ['customer_id'], references: { table: 'customers', columns: ['id'] } };
    const program = await named('both');
    await program.query('BEGIN; UPDATE customers SET name = name WHERE id = 1');
    let ended: Promise<unknown> | undefined;
    const outcomes = await takenBy(sessionOf(await server.connect()), 'a change', change, 'ready', {}, async ({ state, note }) => {
      if (state === 'wait' && ended === undefined) {
        expect(note).toContain('(both)');
        ended = (async () => {
          await sleep(600);
          await program.query('UPDATE orders SET touched = 1 WHERE id = 1');
          await program.query('COMMIT');
        })();
      }
    });
    await ended;
    expect(lastOf(outcomes)).toMatchObject({ state: 'done' });
  }, 30_000);
});

test('what a role is limited to cuts nothing: neither statements, nor locks, nor rows, nor transactions', async () => {
  await client.query(`DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'owner') THEN CREATE ROLE owner LOGIN; END IF; END $$;
    GRANT CREATE ON DATABASE postgres TO owner; GRANT ALL ON SCHEMA public TO owner; ALTER TABLE orders OWNER TO owner;
    ALTER ROLE owner SET statement_timeout = '30ms'; ALTER ROLE owner SET lock_timeout = '10ms'; ALTER ROLE owner SET transaction_timeout = '40ms';
    ALTER ROLE owner SET idle_session_timeout = '40ms'; ALTER ROLE owner SET default_transaction_isolation = 'serializable';
    ALTER ROLE owner SET default_transaction_read_only = on; ALTER ROLE owner SET datestyle = 'SQL, DMY'`);
  const older = await server.connect();
  const session = await connectedAs(server, 'owner');
  await older.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM customers');
  setTimeout(() => {
    older.query('COMMIT').catch(() => undefined);
  }, 300);
  const began = performance.now();
  expect(lastOf(await takenBy(sessionOf(session), 'an index', INDEX, 'ready'))).toMatchObject({ state: 'done' });
  expect(performance.now() - began).toBeGreaterThan(250);
  await client.query('BEGIN; UPDATE orders SET touched = 1 WHERE id = 3000');
  setTimeout(() => {
    client.query('COMMIT').catch(() => undefined);
  }, 100);
  expect(lastOf(await takenBy(sessionOf(session), 'a change', RENAME, 'contract', { restPerWork: 5, batchLockTimeout: '5s' }))).toMatchObject({ state: 'done', note: 'the old shape is gone' });
}, 30_000);
