import type { Client } from 'pg';
import { isEnd, KilledSession } from './killed-session';
import { Random } from './random';
import { connectedAs, lastOf, sleep, taken, takenBy } from './taken';
import type { Change } from '../../../src/expand-contract/phases/change';
import type { Goal } from '../../../src/expand-contract/run/outcome';
import { sessionOf } from '../../../src/expand-contract/run/session';
import type { RunSettings } from '../../../src/expand-contract/run/settings';
import { PostgresServer } from '../../support/postgres/server';

let server: PostgresServer;
let client: Client;

beforeAll(async () => {
  server = await PostgresServer.start();
  client = await server.connect();
  await client.query('SET application_name = \'the test itself\'; CREATE ROLE owner LOGIN; CREATE ROLE program LOGIN; GRANT CREATE ON DATABASE postgres TO owner');
}, 60_000);

afterAll(() => server?.stop());

const RENAME: Change = { kind: 'renameColumn', table: 'orders', from: 'status', to: 'state' };
const SERVICE = { service: 'shop_a', epoch: 2, quiet: '0s' } as const;

beforeEach(async () => {
  await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = \'client backend\' AND pid <> pg_backend_pid()');
  await client.query('DROP SCHEMA IF EXISTS public CASCADE; DROP SCHEMA IF EXISTS zero_downtime CASCADE; CREATE SCHEMA public; GRANT ALL ON SCHEMA public TO owner, program');
  await client.query(`CREATE TABLE orders (id integer PRIMARY KEY, status text DEFAULT 'new'); ALTER TABLE orders OWNER TO owner; GRANT ALL ON orders TO program;
    INSERT INTO orders SELECT n, 'new' FROM generate_series(1, 100) n`);
  await ask('ready');
});

async function ask(goal: Goal, settings: Partial<RunSettings> = {}): Promise<{ readonly state: string; readonly note: string }> {
  const { state, note } = lastOf(await taken(server, 'a change', RENAME, goal, settings));
  return { state, note };
}

/** A session of a program under a name. */
async function named(name: string): Promise<Client> {
  const session = await connectedAs(server, 'program');
  await session.query(`SET application_name = '${name}'`);
  return session;
}

async function mayStart(epoch: number): Promise<string> {
  const session = await named('a pod');
  const { rows } = await session.query<{ answer: string; reason: string | null }>('SELECT * FROM zero_downtime.may_start($1, $2, $3, false)', ['shop_a', epoch, ['a change']]);
  await session.end();
  return [rows[0].answer, ...rows[0].reason === null ? [] : [rows[0].reason]].join(': ');
}

/** As if all that was noted so far had been ten seconds earlier. */
async function aged(): Promise<void> {
  await client.query(`UPDATE zero_downtime.old_write SET at = at - interval '10 seconds'; UPDATE zero_downtime.migration SET ready_at = ready_at - interval '10 seconds';
    UPDATE zero_downtime.watch SET since = since - interval '10 seconds', seen_at = seen_at - interval '10 seconds'; UPDATE zero_downtime.start SET at = at - interval '10 seconds'`);
}

const DONE = { state: 'done', note: 'the old shape is gone' };

test('waits until the new version may have started for a while', async () => {
  expect(await ask('contract', { quiet: '2s' })).toEqual({ state: 'unmet', note: expect.stringMatching(/^the new version may start for 00:00:0\d only, and 00:00:02 are waited$/) });
  await sleep(2100);
  expect(await ask('contract', { quiet: '2s' })).toEqual(DONE);
});

describe('writes of the old shape', () => {
  test('keep it for as long as they go on, and those of the new one do not', async () => {
    const [old, fresh] = [await named('old'), await named('new')];
    await sleep(1000);
    await old.query('UPDATE orders SET status = \'paid\' WHERE id = 1');
    const unmet = { state: 'unmet', note: expect.stringMatching(/^the old shape was written 00:00:0\d ago, which is noted every 5 seconds, and 00:00:01 without are waited$/) };
    const began = performance.now();
    let outcome = await ask('contract', { quiet: '1s' });
    expect(outcome).toEqual(unmet);
    while (outcome.state === 'unmet') {
      await fresh.query('UPDATE orders SET state = \'sent\' WHERE id = 1; INSERT INTO orders (id, state) VALUES (1000, \'x\') ON CONFLICT (id) DO UPDATE SET state = excluded.state || \'x\'');
      // The old version writes for two seconds more.
      await (performance.now() - began < 2000 ? old.query('UPDATE orders SET status = status || \'!\' WHERE id = 2') : sleep(100));
      outcome = await ask('contract', { quiet: '1s' });
    }
    expect(outcome).toEqual(DONE);
    expect(performance.now() - began).toBeGreaterThan(3000);
  }, 30_000);

  test('are noted of sessions of one name every five seconds at most, however many open and write', async () => {
    for (let count = 0; count < 40; count += 1) {
      const session = await named(`old@${count % 2}`);
      await session.query('INSERT INTO orders (id, status) SELECT n, \'x\' FROM generate_series($1::integer, $1::integer + 99) n', [1000 + count * 100]);
      await session.end();
    }
    const { rows } = await client.query('SELECT application_name AS name, count(*)::integer AS noted FROM zero_downtime.old_write GROUP BY 1 ORDER BY 1');
    expect(rows).toEqual([{ name: 'old@0', noted: 1 }, { name: 'old@1', noted: 1 }]);
  });

  test('are noted again where the transaction that noted them was rolled back, and in whatever style times are written', async () => {
    const session = await named('old');
    await session.query('BEGIN; UPDATE orders SET status = \'a\' WHERE id = 1; ROLLBACK');
    expect((await client.query('SELECT FROM zero_downtime.old_write')).rowCount).toBe(0);
    await session.query('SET datestyle = \'SQL, DMY\'; UPDATE orders SET status = \'b\' WHERE id = 1');
    await session.query('SET datestyle = \'German, MDY\'; SET timezone = \'Asia/Kolkata\'; UPDATE orders SET status = \'c\' WHERE id = 1');
    expect((await client.query('SELECT FROM zero_downtime.old_write')).rowCount).toBe(1);
  });

  test('are none where a session of the new version leaves out a column that has a default', async () => {
    await sleep(1000);
    const [fresh, old] = [await named('shop_a@2'), await named('shop_a@1')];
    await fresh.query('INSERT INTO orders (id) VALUES (5000)');
    expect(await ask('contract', { quiet: '1s' })).toMatchObject({ state: 'unmet' });
    await old.end();
    expect(await ask('contract', { ...SERVICE, quiet: '1s' })).toMatchObject({ state: 'unmet' });
    await aged();
    // Of the old version it would count.
    await client.query('UPDATE zero_downtime.old_write SET at = clock_timestamp()');
    expect(await ask('contract', { ...SERVICE, quiet: '1s' })).toEqual(DONE);
  });
});

describe('a column that must be given', () => {
  const GIVE: Change = { kind: 'setNotNull', table: 'orders', column: 'place', value: '\'here\'' };

  test.each(['shop_a@1', 'shop_a@2'])('is still left out by %s, whose writes would fail after contract', async (name) => {
    await client.query('ALTER TABLE orders ADD COLUMN place text');
    const asked = async () => lastOf(await taken(server, 'given', GIVE, 'contract', { ...SERVICE, quiet: '1s', namelessIsOld: false }));
    expect(lastOf(await taken(server, 'given', GIVE, 'ready'))).toMatchObject({ state: 'done' });
    await sleep(1000);
    const session = await named(name);
    await session.query('INSERT INTO orders (id, state) VALUES (7000, \'new\')');
    await session.end();
    expect(await asked()).toMatchObject({ state: 'unmet', note: expect.stringContaining('the old shape was written') });
    await aged();
    expect(await asked()).toMatchObject(DONE);
    await expect(client.query('INSERT INTO orders (id, state) VALUES (7001, \'new\')')).rejects.toThrow('violates not-null constraint');
  });
});

describe('sessions', () => {
  test.each<[string, Partial<RunSettings>, string | undefined]>([
    ['shop_a@1', {}, 'shop_a@1 is there, older than'],
    ['shop_a@', {}, 'shop_a@ is there, older than'],
    ['shop_a@next', {}, 'shop_a@next is there, older than'],
    ['shop_a@99999999999', {}, 'shop_a@99999999999 is there, older than'],
    ['', {}, 'no name is there, which may be older than'],
    ['', { namelessIsOld: false }, undefined],
    ['PostgreSQL JDBC Driver', {}, 'PostgreSQL JDBC Driver is there, which may be older than'],
    ['vertx-pg-client', { namelessIsOld: false }, undefined],
    ['shop_a@2', {}, undefined],
    ['shop_a@10', {}, undefined],
    ['shop_b@1', {}, undefined],
    ['shopxa@1', {}, undefined],
    ['psql', {}, undefined],
  ])('called "%s" with %j hold it up: %s', async (name, settings, held) => {
    // Of a role that sees of another's sessions no more than their names.
    const owner = sessionOf(await connectedAs(server, 'owner'));
    await client.query('DROP SCHEMA zero_downtime CASCADE; ALTER TABLE orders DROP COLUMN state');
    expect(lastOf(await takenBy(owner, 'a change', RENAME, 'ready'))).toMatchObject({ state: 'done' });
    const session = await named(name);
    const { state, note } = lastOf(await takenBy(owner, 'a change', RENAME, 'contract', { ...SERVICE, ...settings }));
    const pid = (session as unknown as { processID: number }).processID;
    expect({ state, note }).toEqual(held === undefined ? DONE : { state: 'unmet', note: `session ${pid} of ${held} shop_a@2` });
    await session.end();
    await sleep(50);
    expect(lastOf(await takenBy(owner, 'a change', RENAME, 'contract', { ...SERVICE, ...settings }))).toMatchObject(DONE);
  });
});

describe('evidence of a while', () => {
  const asked = async () => {
    const { state, note } = await ask('contract', { ...SERVICE, quiet: '3s', namelessIsOld: false });
    return [state, note];
  };

  test('is gathered from when it is first asked for', async () => {
    await client.query('UPDATE zero_downtime.migration SET ready_at = ready_at - interval \'10 seconds\'');
    expect(await asked()).toEqual(['unmet', expect.stringMatching(/^sessions are watched for 00:00:00 only, and 00:00:03 are waited$/)]);
    await aged();
    expect(await asked()).toEqual([DONE.state, DONE.note]);
  });

  test('begins anew with each session of the old version that is seen, though it is gone again', async () => {
    const old = await named('shop_a@1');
    expect((await asked())[1]).toMatch(/^the new version may start for/);
    await old.end();
    await client.query('UPDATE zero_downtime.migration SET ready_at = ready_at - interval \'10 seconds\'; UPDATE zero_downtime.watch SET since = since - interval \'10 seconds\'');
    expect(await asked()).toEqual(['unmet', expect.stringMatching(/^a session of shop_a@1 was there 00:00:0\d ago, and 00:00:03 without are waited$/)]);
    await aged();
    expect(await asked()).toEqual([DONE.state, DONE.note]);
  });

  test('and with each pod of it that is started, connected or not', async () => {
    await asked();
    await aged();
    expect([await mayStart(2), await mayStart(1)]).toEqual(['start', 'start']);
    expect(await asked()).toEqual(['unmet', expect.stringMatching(/^a pod of shop_a@1 was started 00:00:0\d ago, and 00:00:03 without are waited$/)]);
    await aged();
    expect(await mayStart(2)).toBe('start');
    expect(await asked()).toEqual([DONE.state, DONE.note]);
  });

  test('holds no pod up whose role may only read', async () => {
    const reader = await named('a pod');
    await reader.query('SET default_transaction_read_only = on');
    expect((await reader.query('SELECT answer FROM zero_downtime.may_start(\'shop_a\', 1, \'{}\', false)')).rows).toEqual([{ answer: 'start' }]);
    expect((await client.query('SELECT * FROM zero_downtime.start')).rows).toEqual([]);
  });
});

test('who comes back while the lock is waited for is seen under it, and all can still be taken back', async () => {
  const old = await named('of yesterday');
  await old.query('BEGIN; SELECT count(*) FROM orders');
  await sleep(1000);
  const states: string[] = [];
  const session = sessionOf(await server.connect());
  const outcomes = await takenBy(session, 'a change', RENAME, 'contract', { quiet: '1s', lockTimeout: '2s' }, async ({ state, note }) => {
    states.push(state);
    if (note === 'contract begins') {
      setTimeout(() => {
        old.query('UPDATE orders SET status = \'late\' WHERE id = 1; COMMIT').catch(() => undefined);
      }, 300);
    }
  });
  expect(lastOf(outcomes)).toMatchObject({ state: 'unmet', note: expect.stringContaining('the old shape was written') });
  expect(await ask('ready')).toMatchObject({ state: 'done' });
  expect((await client.query('SELECT state, status FROM orders WHERE id = 1')).rows).toEqual([{ state: 'late', status: 'late' }]);
  expect(await ask('abort')).toEqual({ state: 'done', note: 'everything is as it was before' });
});

test('tells a version whether it may start: not before it is ready, and not after what it knew has gone', async () => {
  expect([await mayStart(1), await mayStart(2)]).toEqual(['start', 'start']);
  await client.query('UPDATE zero_downtime.migration SET phase = \'verify\'');
  expect(await mayStart(2)).toBe('wait: a change is in phase verify');
  await client.query('UPDATE zero_downtime.migration SET phase = \'ready\'');
  expect(await ask('contract', SERVICE)).toEqual(DONE);
  expect(await mayStart(1)).toBe('refuse: shop_a@1 is older than the schema allows: what it needs was dropped for shop_a@2; start that version or a later one');
  expect([await mayStart(2), await mayStart(3)]).toEqual(['start', 'start']);
  await expect((await named('curious')).query('SELECT * FROM zero_downtime.service')).rejects.toThrow('permission denied for table service');
  expect(await ask('abort')).toEqual({ state: 'failed', note: 'contract has begun: what was dropped does not come back' });
});

test('drops what is old and forbids older versions to start in one transaction, whenever it is killed', async () => {
  const seed = Random.seed();
  const random = new Random(seed);
  const met = { neither: 0, both: 0 };
  for (let round = 0; round < 25; round += 1) {
    await client.query('DROP SCHEMA zero_downtime CASCADE; DROP TABLE orders; CREATE TABLE orders (id integer PRIMARY KEY, status text)');
    await ask('ready');
    const connection = await server.connect();
    await takenBy(new KilledSession(connection, client, random, 2), 'a change', RENAME, 'contract', SERVICE).catch((error: unknown) => expect([seed, isEnd(error)]).toEqual([seed, true]));
    await connection.end().catch(() => undefined);
    // A statement whose client has gone is ended by the server first.
    await client.query('SELECT pg_advisory_lock(zero_downtime.runner_lock(\'a change\')), pg_advisory_unlock(zero_downtime.runner_lock(\'a change\'))');
    const [{ dropped, forbidden }] = (await client.query<{ dropped: boolean; forbidden: boolean }>(`SELECT
      NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'orders'::regclass AND attname = 'status') AS dropped, EXISTS (SELECT FROM zero_downtime.service) AS forbidden`)).rows;
    expect([seed, forbidden]).toEqual([seed, dropped]);
    met[dropped ? 'both' : 'neither'] += 1;
    expect(await ask('contract', { ...SERVICE, namelessIsOld: false })).toEqual(DONE);
  }
  console.info(`killed in contract: ${met.neither} times neither was done, ${met.both} times both, seed ${seed}`);
  expect(Math.min(met.neither, met.both)).toBeGreaterThan(0);
}, 60_000);
