import type { Client } from 'pg';
import { ExitCode } from '../../src/cli/exit-code';
import { folderWith, run } from '../cli/run';
import { PostgresServer } from '../support/postgres/server';

let server: PostgresServer;
let client: Client;

beforeAll(async () => {
  server = await PostgresServer.start();
  client = await server.connect();
}, 60_000);

afterAll(() => server?.stop());

const RENAME = '- renameColumn: { table: orders, from: payment_status, to: status }\n- createIndex: { table: orders, index: orders_status_idx, columns: [status] }\n';

beforeEach(async () => {
  await client.query('DROP SCHEMA IF EXISTS public CASCADE; DROP SCHEMA IF EXISTS zero_downtime CASCADE; CREATE SCHEMA public');
  await client.query(`CREATE TABLE orders (id bigint PRIMARY KEY, payment_status text NOT NULL);
    INSERT INTO orders SELECT n, 'paid' FROM generate_series(1, 50000) n`);
});

async function migrations(command: string, changes: string | undefined, ...options: string[]) {
  const file = changes === undefined ? [] : [`${folderWith({ 'changes.yaml': changes })}/changes.yaml`];
  return run(['migrations', command, ...file, '--database', server.url(), ...options]);
}

async function columns(): Promise<readonly string[]> {
  const { rows } = await client.query<{ attname: string }>('SELECT attname FROM pg_attribute WHERE attrelid = \'orders\'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY 1');
  return rows.map(({ attname }) => attname);
}

test('runs changes up to where the new version may start, tells of it, and does nothing again', async () => {
  const { code, out, error } = await migrations('run', RENAME);
  expect([code, error]).toEqual([ExitCode.OK, '']);
  expect(out).toMatch(/^orders-payment-status-to-status-[0-9a-f]{8}\n {2}step {3}status beside payment_status\n/);
  expect(out).toContain('  step   50000 rows verified\n');
  expect(out.match(/done {3}every row is as the new version wants it/g)).toHaveLength(2);
  expect(await columns()).toEqual(['id', 'payment_status', 'status']);
  const again = await migrations('run', RENAME);
  expect(again.out.split('\n').filter((line) => line.startsWith('  '))).toEqual(Array(2).fill('  done   every row is as the new version wants it'));
});

test('stops before what needs every row, and tells each step as JSON', async () => {
  const { out } = await migrations('run', RENAME, '--to', 'expanded', '--format', 'json');
  const told = out.trim().split('\n').map((line) => JSON.parse(line) as { state: string; migration: string });
  expect(told.filter(({ state }) => state === 'done').map(({ migration }) => migration.replace(/-[0-9a-f]{8}$/, ''))).toEqual([
    'orders-payment-status-to-status', 'orders-orders-status-idx',
  ]);
  expect((await client.query<{ left: string }>('SELECT count(*) AS left FROM orders WHERE status IS NULL')).rows).toEqual([{ left: '50000' }]);
});

test('waits with contract until nobody writes the old shape, and with 3 says so', async () => {
  await migrations('run', RENAME);
  const early = await migrations('run', RENAME, '--to', 'contract');
  expect([early.code, early.out]).toEqual([ExitCode.UNKNOWN, expect.stringContaining('unmet  the new version may start for')]);
  const { code } = await migrations('run', RENAME, '--to', 'contract', '--quiet', '0s');
  expect(code).toBe(ExitCode.OK);
  expect(await columns()).toEqual(['id', 'status']);
  const abort = await migrations('abort', RENAME);
  expect([abort.code, abort.out]).toEqual([ExitCode.FOUND, expect.stringContaining('failed contract has begun: what was dropped does not come back')]);
});

test('waits for sessions that tell no version, unless they are said to be others\'', async () => {
  await migrations('run', RENAME);
  const contract = ['--to', 'contract', '--quiet', '0s', '--service', 'shop', '--epoch', '2'];
  // The test's own.
  expect((await migrations('run', RENAME, ...contract)).out).toMatch(/unmet {2}session \d+ of no name is there, which may be older than shop@2\n/);
  expect((await migrations('run', RENAME, ...contract, '--ignore-nameless')).code).toBe(ExitCode.OK);
});

test('takes all of it back, the last first', async () => {
  await migrations('run', RENAME);
  const { code, out } = await migrations('abort', RENAME);
  expect(code).toBe(ExitCode.OK);
  expect(out.indexOf('orders-orders-status-idx')).toBeLessThan(out.indexOf('orders-payment-status'));
  expect(await columns()).toEqual(['id', 'payment_status']);
});

test('tells where each stands', async () => {
  expect((await migrations('status', undefined)).out).toBe('no change of the schema has been declared here\n');
  await migrations('run', RENAME, '--to', 'expanded');
  expect((await migrations('status', undefined)).out).toMatch(/^orders-payment-status-to-status-[0-9a-f]{8}: backfill, 2 of 12 steps done\n/);
  const { out } = await migrations('status', undefined, '--format', 'json');
  expect(JSON.parse(out)).toMatchObject({ migrations: [{ phase: 'backfill', done: 2, units: 12, mismatches: 0 }, { phase: 'complete', done: 0, units: 1 }] });
});

describe('a database that was made with the final shape', () => {
  beforeEach(async () => {
    await client.query('DROP TABLE orders; CREATE TABLE orders (id bigint PRIMARY KEY, status text NOT NULL); CREATE INDEX orders_status_idx ON orders (status)');
  });

  test('is left as it is where the new columns stand instead of the old ones', async () => {
    const { code, out } = await migrations('run', RENAME.split('\n')[0]);
    expect([code, out]).toEqual([ExitCode.OK, expect.stringContaining('  step   the schema is so already\n  done   the new version finds what it needs\n')]);
    expect(await columns()).toEqual(['id', 'status']);
    expect((await migrations('run', RENAME.split('\n')[0], '--to', 'contract', '--quiet', '0s')).out).toContain('done   the old shape is gone');
  });

  test.each([
    ['neither column is there', 'ALTER TABLE orders DROP COLUMN status', 'there is no column payment_status of orders'],
    ['both are', 'ALTER TABLE orders ADD COLUMN payment_status text', 'column "status" of relation "orders" already exists'],
    ['the table is not', 'DROP TABLE orders', 'there is no table orders'],
  ])('and one where %s is refused', async (_title, made, message) => {
    await client.query(made);
    const { code, out } = await migrations('run', RENAME.split('\n')[0]);
    expect([code, out]).toEqual([ExitCode.FOUND, expect.stringContaining(message)]);
  });

  test('is said to have it by a baseline, from where nothing is done and older versions do not start', async () => {
    const { code, out } = await migrations('baseline', RENAME, '--service', 'shop', '--epoch', '3');
    expect([code, out.match(/step {3}the schema is said to be so already/g)?.length]).toEqual([ExitCode.OK, 2]);
    const { code: ran, out: told } = await migrations('run', RENAME);
    expect([ran, told.match(/done {3}the new version finds what it needs/g)?.length]).toEqual([ExitCode.OK, 2]);
    expect((await client.query('SELECT answer FROM unnest(ARRAY[2, 3]) AS epoch, zero_downtime.may_start(\'shop\', epoch, \'{}\', false)')).rows)
      .toEqual([{ answer: 'refuse' }, { answer: 'start' }]);
    expect((await migrations('baseline', RENAME)).code).toBe(ExitCode.OK);
  });

  test('but not where a change has begun', async () => {
    await client.query('ALTER TABLE orders RENAME COLUMN status TO payment_status');
    await migrations('run', RENAME.split('\n')[0], '--to', 'expanded');
    const { code, out } = await migrations('baseline', RENAME);
    expect([code, out]).toEqual([ExitCode.FOUND, expect.stringContaining('failed it has begun here: take it up to contract, or abort it')]);
  });
});

describe('where somebody is to agree', () => {
  const contract = async () => {
    const { code, out } = await migrations('run', RENAME.split('\n')[0], '--to', 'contract', '--quiet', '0s', '--needs-approval');
    return [code, out.trim().split('\n').slice(-1)[0]];
  };

  test('the old shape stays until then', async () => {
    await migrations('run', RENAME);
    const name = (await migrations('status', undefined)).out.split(':')[0];
    expect(await contract()).toEqual([ExitCode.UNKNOWN, `  unmet  nobody has approved that the old shape goes: zero-downtime migrations approve ${name}`]);
    const approve = async (...names: string[]) => run(['migrations', 'approve', ...names, '--database', server.url()]);
    expect(await approve('another', name)).toMatchObject({
      code: ExitCode.FOUND, out: `another: there is no such migration here; zero-downtime migrations status lists them\n${name}: approved by postgres\n`,
    });
    expect((await approve(name)).code).toBe(ExitCode.OK);
    expect(await contract()).toEqual([ExitCode.OK, '  done   the old shape is gone']);
  });

  test('nothing can be agreed to where nothing was declared', async () => {
    expect(await run(['migrations', 'approve', 'one', '--database', server.url()])).toMatchObject({ code: ExitCode.FOUND, out: expect.stringMatching(/^one: there is no such migration here/) });
  });
});

describe('what goes wrong is told in one line', () => {
  test.each([
    ['a column that is not there', '- renameColumn: { table: orders, from: nothing, to: status }', 'there is no column nothing of orders (ZD002)'],
    ['a table that is not there', '- dropColumn: { table: nowhere, column: a }', 'there is no table nowhere (ZD002)'],
    ['a type that is not there', '- addColumn: { table: orders, column: a, type: nothing }', 'a is there: type "nothing" does not exist (42704)'],
  ])('%s', async (_title, changes, message) => {
    const { code, out, error } = await migrations('run', changes);
    expect([code, error]).toEqual([ExitCode.FOUND, '']);
    expect(out.trim().split('\n').slice(-1)[0]).toContain(`failed ${message}`);
  });

  test('an address that leads nowhere, without the password', async () => {
    const folder = folderWith({ 'changes.yaml': RENAME });
    const { code, error } = await run(['migrations', 'run', `${folder}/changes.yaml`, '--database', 'postgresql://me:hidden@127.0.0.1:1/none']);
    expect([code, error]).toEqual([ExitCode.BAD_INPUT, expect.stringContaining('--database: the server cannot be reached (ECONNREFUSED')]);
    expect(error).not.toContain('hidden');
  });

  test.each([
    [['--quiet', 'soon'], '"soon" must be a time'],
    [['--batch', '1s'], '--batch: 1000ms must be from 10ms to 500ms'],
    [['--batch', 'long'], '--batch: "long" must be a time as PostgreSQL writes it, for example 100ms'],
    [['--rest', 'much'], '--rest: "much" must be a number'],
    [['--lock-waiters', '1.5'], '--lock-waiters: 1.5 must be a whole number from 0 to 10000'],
    [['--service', 'shop'], 'a service and an epoch must be given together'],
    [['--service', 'shop', '--epoch', '0'], '"0" must be a whole number'],
  ])('%j', async (options, message) => {
    expect(await migrations('run', RENAME, ...options)).toMatchObject({ code: ExitCode.BAD_INPUT, out: '', error: expect.stringContaining(message) });
  });
});
