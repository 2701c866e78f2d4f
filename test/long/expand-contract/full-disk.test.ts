import type { Client } from 'pg';
import { notesOf, Scripts } from './scripts';
import { SmallDisk } from './small-disk';
import { emptied, lastOf, sleep, taken } from './taken';
import type { Change } from '../../../src/expand-contract/phases/change';
import { PostgresServer } from '../../support/postgres/server';
import { describeUnless, works } from '../command';
import { scratchFolder } from '../scratch';

const ROWS = 40_000;
const RENAME: Change = { kind: 'renameColumn', table: 'orders', from: 'status', to: 'state' };
const INDEX: Change = { kind: 'createIndex', table: 'orders', index: 'by_status', columns: ['status'] };
/** Nothing is vacuumed meanwhile, so that what is left of the disk is used up. */
const SETTINGS = { largestBatch: 2000, vacuumAfterShare: 10 };
const ROOM = 2 ** 28;
const FULL = 'No space left on device';
const REMEDY = 'make room on that disk; the next run goes on from where this one ended';

/** The table, on the disk of a tablespace. */
const madeIn = (disk: string) => `CREATE TABLE orders (id bigint PRIMARY KEY USING INDEX TABLESPACE ${disk}, status text NOT NULL) TABLESPACE ${disk};
  INSERT INTO orders SELECT n, 'new' || n % 5 FROM generate_series(1, ${ROWS}) n; ANALYZE orders`;

interface Backfilled {
  /** The last key of the spans that are done. */
  readonly reached: number | null;
  readonly written: number;
}

/** As messages say where a span begins. */
const afterKey = ({ reached }: Backfilled) => reached === null ? '' : `after key ${reached} `;

async function backfilled(client: Client): Promise<Backfilled> {
  const { rows: [row] } = await client.query('SELECT reached[1]::integer AS reached, rows_written::integer AS written FROM zero_downtime.walk WHERE phase = \'backfill\'');
  return row;
}

async function wrong(client: Client): Promise<number> {
  const { rows: [row] } = await client.query(`SELECT ${ROWS} - count(*) FILTER (WHERE status = 'new' || id % 5 AND state = status)::integer AS wrong FROM orders`);
  return row.wrong;
}

const folder = scratchFolder('full-disk');
const missing = SmallDisk.whyNone();
const testWithPsql = works('psql', ['--version']) ? test : test.skip;

describeUnless(missing, 'a full disk', () => {
  let disk: SmallDisk;
  let server: PostgresServer;
  let client: Client;

  beforeAll(async () => {
    disk = SmallDisk.make();
    server = await PostgresServer.start();
    client = await server.connect();
    await client.query(`CREATE TABLESPACE small LOCATION '${disk.folder}'`);
  }, 60_000);

  afterAll(async () => {
    await server?.stop();
    disk?.remove();
  });

  beforeEach(async () => {
    disk.leave(ROOM);
    await emptied(client);
    await client.query(madeIn('small'));
    await taken(server, 'a-change', RENAME, 'expanded');
  });

  test('under the table ends a run in one sentence, and the next one goes on from there', async () => {
    disk.leave(300_000);
    const { state, note } = lastOf(await taken(server, 'a-change', RENAME, 'ready', SETTINGS));
    const before = await backfilled(client);
    expect([state, note]).toEqual(['failed', expect.stringMatching(`^backfill of the rows ${afterKey(before)}up to key \\d+: could not extend file .+: ${FULL} \\(53100\\); ${REMEDY}$`)]);
    expect([before.written > 0, before.written < ROWS, before.written >= (before.reached ?? 0)]).toEqual([true, true, true]);
    // Still full: nothing more is done, and nothing is undone.
    expect(lastOf(await taken(server, 'a-change', RENAME, 'ready', SETTINGS))).toMatchObject({ state: 'failed' });
    expect(await backfilled(client)).toEqual(before);
    disk.leave(ROOM);
    expect(lastOf(await taken(server, 'a-change', RENAME, 'ready', SETTINGS))).toMatchObject({ state: 'done' });
    expect([await backfilled(client), await wrong(client)]).toEqual([{ reached: ROWS, written: ROWS }, 0]);
  });

  test('under an index that is built leaves none that is half built', async () => {
    const indexes = async () => (await client.query('SELECT indexrelid::regclass::text AS name, indisvalid FROM pg_index WHERE indrelid = \'orders\'::regclass AND NOT indisprimary')).rows;
    await client.query('ALTER ROLE postgres SET default_tablespace = small');
    try {
      disk.leave(40_000);
      const { state, note } = lastOf(await taken(server, 'an index', INDEX, 'ready'));
      expect([state, note]).toEqual(['failed', expect.stringMatching(`${FULL} \\(53100\\); ${REMEDY}$`)]);
      expect(await indexes()).toEqual([]);
      disk.leave(ROOM);
      expect(lastOf(await taken(server, 'an index', INDEX, 'ready'))).toMatchObject({ state: 'done' });
      expect(await indexes()).toEqual([{ name: 'by_status', indisvalid: true }]);
    } finally {
      await client.query('ALTER ROLE postgres RESET default_tablespace');
    }
  });

  describe('under the scripts of the Jobs', () => {
    testWithPsql('is waited for, and they go on when there is room', async () => {
      disk.leave(300_000);
      const running = new Scripts(folder, 'a-change', RENAME, SETTINGS).run('ready:0', server.url());
      await sleep(2500);
      const before = await backfilled(client);
      disk.leave(ROOM);
      const outcome = await running;
      expect([outcome.status, outcome.stderr]).toEqual([0, '']);
      const errors = notesOf(outcome, 'error');
      const told = `^backfill of the rows ${afterKey(before)}up to key \\d+: could not extend file .+: ${FULL}; ${REMEDY} \\(53100\\)$`;
      expect(errors[0]).toMatch(new RegExp(told));
      expect([errors.length < 5, before.written > 0]).toEqual([true, true]);
      expect([await backfilled(client), await wrong(client)]).toEqual([{ reached: ROWS, written: ROWS }, 0]);
    });

    testWithPsql('ends them after some tries, for the Job to try again', async () => {
      disk.leave(300_000);
      const scripts = new Scripts(folder, 'a-change', RENAME, SETTINGS);
      const outcome = await scripts.run('ready:0', server.url());
      expect([outcome.status, notesOf(outcome, 'error').length]).toEqual([1, 6]);
      disk.leave(ROOM);
      expect(await scripts.run('ready:0', server.url())).toMatchObject({ status: 0 });
      expect([await backfilled(client), await wrong(client)]).toEqual([{ reached: ROWS, written: ROWS }, 0]);
    });
  });
});

describeUnless(missing, 'a full disk under the log that the server writes first', () => {
  let disk: SmallDisk;
  let roomy: SmallDisk;
  let server: PostgresServer;

  beforeAll(async () => {
    [disk, roomy] = [SmallDisk.make(), SmallDisk.make()];
    server = await PostgresServer.start(undefined, {}, disk.folder);
    await (await server.connect()).query(`CREATE TABLESPACE roomy LOCATION '${roomy.folder}'`);
  }, 60_000);

  afterAll(async () => {
    await server?.halt('SIGKILL');
    [disk, roomy].forEach((each) => each?.remove());
  });

  /** Writes into that log until so many bytes are left of the files that it has. */
  async function useUp(client: Client, left: number): Promise<void> {
    await client.query(`WITH here AS (SELECT file_name, file_offset, (SELECT setting::bigint FROM pg_settings WHERE name = 'wal_segment_size') AS size
        FROM pg_walfile_name_offset(pg_current_wal_insert_lsn()))
      SELECT pg_logical_emit_message(false, 'used', repeat('x', 1000)) FROM here,
        LATERAL (SELECT count(*) AS ready FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$' AND name > file_name) AS files,
        generate_series(1, (size * (1 + ready) - file_offset - ${left}) / 1100)`);
  }

  /** One that stops without room for its last words may never end by itself. */
  async function crash(): Promise<void> {
    await server.halt('SIGKILL');
    await sleep(1000);
    await server.resume();
  }

  async function begun(): Promise<void> {
    const client = await server.connect();
    await emptied(client);
    await client.query(madeIn('roomy'));
    await taken(server, 'a-change', RENAME, 'expanded');
    await useUp(client, 2_000_000);
    disk.leave(200_000);
  }

  test('ends the server in the middle of a batch, and the next run goes on when it has started', async () => {
    await begun();
    expect(lastOf(await taken(server, 'a-change', RENAME, 'ready', SETTINGS))).toMatchObject({
      state: 'failed', note: expect.stringMatching(`^could not write to file "pg_wal/.+: ${FULL} \\(53100\\); ${REMEDY}$`),
    });
    disk.leave(ROOM);
    await crash();
    const client = await server.connect();
    const before = await backfilled(client);
    expect([before.written > 0, before.written < ROWS, before.written >= (before.reached ?? 0)]).toEqual([true, true, true]);
    expect(lastOf(await taken(server, 'a-change', RENAME, 'ready', SETTINGS))).toMatchObject({ state: 'done' });
    expect([await backfilled(client), await wrong(client)]).toEqual([{ reached: ROWS, written: ROWS }, 0]);
  });

  testWithPsql('is a lost connection for the scripts of the Jobs, which try until the server is there again', async () => {
    await begun();
    const running = new Scripts(folder, 'a-change', RENAME, SETTINGS).run('ready:0', server.url());
    await sleep(3000);
    disk.leave(ROOM);
    await crash();
    const outcome = await running;
    expect(outcome).toMatchObject({ status: 0, stderr: '' });
    expect(notesOf(outcome, 'warn')[0]).toContain('no connection, try 1');
    const client = await server.connect();
    expect([await backfilled(client), await wrong(client)]).toEqual([{ reached: ROWS, written: ROWS }, 0]);
  });
});
