import { writeFileSync } from 'fs';
import { join } from 'path';
import type { Client } from 'pg';
import { notesOf, Scripts } from './scripts';
import { emptied, lastOf, sleep, taken } from './taken';
import { ExitCode } from '../../../src/cli/exit-code';
import type { Change } from '../../../src/expand-contract/phases/change';
import { nameOf } from '../../../src/expand-contract/phases/name';
import { folderWith, run } from '../../cli/run';
import { PostgresServer } from '../../support/postgres/server';
import { works } from '../command';
import { scratchFolder } from '../scratch';

const ROWS = 20_000;
const RENAME: Change = { kind: 'renameColumn', table: 'orders', from: 'status', to: 'state' };
const FILE = '- renameColumn: { table: orders, from: status, to: state }\n';
const NAME = nameOf(RENAME);
/** Slow enough for something to come in between: a second, and more. */
const SLOWLY = { smallestBatch: 100, largestBatch: 200, restPerWork: 5 };

const folder = scratchFolder('server-errors');
const testWithPsql = works('psql', ['--version']) ? test : test.skip;
let server: PostgresServer;
let client: Client;

afterEach(() => server?.stop());

async function start(settings: Readonly<Record<string, string>> = {}): Promise<void> {
  server = await PostgresServer.start(undefined, settings);
  client = await server.connect();
  await emptied(client);
  await client.query(`CREATE TABLE orders (id bigint PRIMARY KEY, status text NOT NULL);
    INSERT INTO orders SELECT n, 'new' || n % 5 FROM generate_series(1, ${ROWS}) n;
    CREATE INDEX by_status ON orders (status)`);
}

const cli = (...options: readonly string[]) => run(['migrations', 'run', join(folderWith({ 'changes.yaml': FILE }), 'changes.yaml'), '--database', server.url(), ...options]);
const scripts = (settings = {}) => new Scripts(folder, NAME, RENAME, settings);

/** Once all is done: how often rows were written, and how many are not what they should be. */
async function counted(): Promise<{ readonly written: number; readonly wrong: number }> {
  const { rows: [row] } = await (await server.connect()).query(`SELECT
    (SELECT rows_written::integer FROM zero_downtime.walk WHERE phase = 'backfill') AS written,
    (SELECT ${ROWS} - count(*) FILTER (WHERE status = 'new' || id % 5 AND state = status)::integer FROM orders) AS wrong`);
  return row;
}

/** Ends the server when some rows have been written, and starts it again. */
async function interrupted(how: 'SIGINT' | 'SIGQUIT', away = 0): Promise<void> {
  for (let seen = 0; seen < 1000;) {
    await sleep(20);
    seen = (await client.query<{ seen: number }>('SELECT coalesce(sum(rows_written), 0)::integer AS seen FROM zero_downtime.walk')
      .catch(() => ({ rows: [{ seen: 0 }] }))).rows[0].seen;
  }
  await server.halt(how);
  await sleep(away);
  await server.resume();
}

describe.each([['is shut down', 'SIGINT', '57P01'], ['crashes', 'SIGQUIT', '57P02']] as const)('a server that %s and starts again', (_title, signal, code) => {
  beforeEach(async () => start(), 60_000);

  test('ends a run in one sentence, and the next one goes on from there', async () => {
    const running = taken(server, NAME, RENAME, 'ready', SLOWLY).catch((error: { readonly code?: string }) => error.code);
    await interrupted(signal);
    // The server's last word, or, where the next statement is sent before it is read, what the driver or the socket makes of a connection that is gone.
    expect([code, undefined, 'EPIPE', 'ECONNRESET']).toContain(await running);
    expect((await cli()).code).toBe(ExitCode.OK);
    expect(await counted()).toEqual({ written: ROWS, wrong: 0 });
  });

  testWithPsql('is waited for by the scripts of the Jobs', async () => {
    const running = scripts(SLOWLY).run('ready:0', server.url());
    await interrupted(signal, 2000);
    const outcome = await running;
    expect(outcome).toMatchObject({ status: 0, stderr: '' });
    expect(notesOf(outcome, 'warn')[0]).toContain('no connection, try 1');
    expect(await counted()).toEqual({ written: ROWS, wrong: 0 });
  });
});

test('the command line says what to do when it loses its connection', async () => {
  await start();
  const blocker = await server.connect();
  await blocker.query('BEGIN; LOCK TABLE orders');
  const running = cli();
  await sleep(1000);
  await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = \'zero-downtime\'');
  const { code, out } = await running;
  expect([code, out.trim().split('\n').at(-1)]).toEqual([ExitCode.FOUND, '  failed terminating connection due to administrator command (57P01); run it again: it goes on from where it was']);
}, 60_000);

describe('a server that only follows another one', () => {
  const READ_ONLY = /^cannot execute [A-Z ]+ in a read-only transaction.*; this server follows another one, or is set to read only; give the address of the one that takes writes/;

  beforeEach(async () => {
    await start();
    await taken(server, NAME, RENAME, 'expanded');
    await server.halt();
    writeFileSync(join(server.folder, 'data/standby.signal'), '');
    await server.resume();
  }, 60_000);

  async function promote(): Promise<void> {
    await (await server.connect()).query('SELECT pg_promote()');
  }

  test('is told from one that writes, and once it does a run goes on', async () => {
    expect(lastOf(await taken(server, NAME, RENAME, 'ready'))).toMatchObject({ state: 'failed', note: expect.stringMatching(READ_ONLY) });
    await promote();
    expect((await cli()).code).toBe(ExitCode.OK);
    expect(await counted()).toEqual({ written: ROWS, wrong: 0 });
  });

  testWithPsql('ends the scripts of the Jobs, for the Job to try again', async () => {
    const outcome = await scripts().run('ready:0', server.url());
    expect([outcome.status, notesOf(outcome, 'error')]).toEqual([1, [expect.stringMatching(READ_ONLY)]]);
    await promote();
    expect(await scripts().run('ready:0', server.url())).toMatchObject({ status: 0, stderr: '' });
    expect(await counted()).toEqual({ written: ROWS, wrong: 0 });
  });
});

describe('a server that has no connection left', () => {
  let others: Client[];

  beforeEach(async () => {
    await start({ max_connections: '4', superuser_reserved_connections: '0', max_wal_senders: '0', reserved_connections: '0' });
    others = [await server.connect(), await server.connect(), await server.connect()];
  }, 60_000);

  test('is no wrong address, and what to do is said', async () => {
    expect(await cli()).toMatchObject({
      code: ExitCode.BAD_INPUT,
      error: expect.stringContaining('the server cannot be reached (53300: sorry, too many clients already); run it again when a session has ended, or raise max_connections'),
    });
    await others[0].end();
    expect((await cli()).code).toBe(ExitCode.OK);
  });

  testWithPsql('is asked again by the scripts of the Jobs', async () => {
    const running = scripts().run('ready:0', server.url());
    await sleep(2500);
    await others[0].end();
    const outcome = await running;
    expect(outcome).toMatchObject({ status: 0, stderr: '' });
    expect(notesOf(outcome, 'warn')[0]).toMatch(/^no connection, try 1 .*: FATAL: +sorry, too many clients already$/);
    await others[1].end();
    expect(await counted()).toEqual({ written: ROWS, wrong: 0 });
  });
});
