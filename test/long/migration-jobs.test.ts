import { spawn } from 'child_process';
import { once } from 'events';
import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import type { Client } from 'pg';
import { attempt, describeUnless, type Outcome, works } from './command';
import { scratchFolder } from './scratch';
import { findShellcheck } from './shellcheck';
import { COMMAND_FILES, jobFilesOf, WAIT_FILES } from '../../src/expand-contract/job/job-files';
import { nameOf } from '../../src/expand-contract/phases/name';
import { phasesOf } from '../../src/expand-contract/phases/phases-of';
import { DEFAULT_RUN_SETTINGS } from '../../src/expand-contract/run/settings';
import { Migration } from '../../src/spec/migration/migration';
import { PostgresServer } from '../support/postgres/server';

const FOLDER = scratchFolder('migration-jobs');
const ROWS = 40_000;
const RENAME = Migration.renameColumn({ table: 'orders', from: 'status', to: 'state' });
const NAME = nameOf(RENAME._spec);

const hasPsql = works('psql', ['--version']) && works('sh', ['-c', 'true']);

describeUnless(hasPsql ? undefined : 'psql is not there', 'the scripts of the Jobs', () => {
  let server: PostgresServer;
  let client: Client;

  beforeAll(async () => {
    server = await PostgresServer.start();
    client = await server.connect();
    // Whoever has no name counts as an old version.
    await client.query('SET application_name = \'test\'');
  }, 60_000);

  afterAll(() => server?.stop());

  beforeEach(async () => {
    await client.query(`DROP SCHEMA IF EXISTS public CASCADE; DROP SCHEMA IF EXISTS zero_downtime CASCADE; CREATE SCHEMA public;
      CREATE TABLE orders (id bigint PRIMARY KEY, status varchar(20) NOT NULL DEFAULT 'new', "a ""b" text);
      INSERT INTO orders SELECT n, 'new' || n % 5, 'x' || n FROM generate_series(1, ${ROWS}) n`);
  });

  /** Writes the files of a ConfigMap where it would be mounted. */
  function mounted(folder: string, migrations: readonly Migration[] = [RENAME], settings: object = {}): string {
    const path = join(FOLDER, folder);
    mkdirSync(path, { recursive: true });
    const phases = migrations.map(({ _spec }) => phasesOf(nameOf(_spec), _spec));
    const files = { ...jobFilesOf(phases, { ...DEFAULT_RUN_SETTINGS, quiet: '0s', service: 'orders', epoch: 2, ...settings }), ...WAIT_FILES, ...COMMAND_FILES };
    Object.entries(files).forEach(([name, text]) => writeFileSync(join(path, name), text));
    return path;
  }

  function env(url = server.url()): NodeJS.ProcessEnv {
    return { DATABASE_URL: url, PGAPPNAME: 'orders-migration' };
  }

  function ran(folder: string, stages: string, names: readonly string[] = [NAME], url?: string): Promise<Outcome> {
    return attempt('sh', [join(folder, 'run.sh'), stages, ...names], { env: env(url) });
  }

  function waited(folder: string, epoch: number, needed: string, expandedIsEnough: boolean, seconds = 60): Promise<Outcome> {
    return attempt('sh', [join(folder, 'wait.sh'), 'orders', String(epoch), needed, String(expandedIsEnough)], { env: env(), seconds });
  }

  async function phase(name = NAME): Promise<string> {
    return (await client.query<{ phase: string }>('SELECT phase FROM zero_downtime.migration WHERE name = $1', [name])).rows[0].phase;
  }

  async function rowsAreRight(): Promise<boolean> {
    return (await client.query<{ right: boolean }>(`SELECT count(*) = ${ROWS} AND bool_and(state = 'new' || id % 5) AS right FROM orders`)).rows[0].right;
  }

  test('take a migration to each goal in turn, and do nothing when they are run again', async () => {
    const folder = mounted('goals');
    for (const [stages, after] of [['expanded:0', 'backfill'], ['expanded:0', 'backfill'], ['ready:580', 'ready'], ['expanded:0 ready:60', 'ready'], ['contract:580', 'contracted'],
      ['contract:580', 'contracted'], ['ready:580', 'contracted']]) {
      expect(await ran(folder, stages)).toMatchObject({ status: 0, stderr: '' });
      expect(await phase()).toBe(after);
      expect(after === 'backfill' || await rowsAreRight()).toBe(true);
    }
    const { rows } = await client.query('SELECT a.attname FROM pg_attribute a WHERE a.attrelid = \'orders\'::regclass AND a.attname IN (\'state\', \'status\') AND NOT a.attisdropped');
    expect(rows).toEqual([{ attname: 'state' }]);
  });

  test('take a migration back', async () => {
    const folder = mounted('abort');
    expect(await ran(folder, 'ready:580')).toMatchObject({ status: 0 });
    expect(await ran(folder, 'abort:0')).toMatchObject({ status: 0 });
    expect(await phase()).toBe('aborted');
    expect(await ran(folder, 'ready:580')).toMatchObject({ status: 42, stdout: expect.stringContaining('give the next attempt a name of its own') });
  });

  test('write one JSON object a line, with what has been done of a walk', async () => {
    const { stdout } = await ran(mounted('log'), 'ready:580');
    const lines = stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]).toEqual({ time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/), level: 'info', migration: NAME, goal: 'ready', state: 'step', note: 'state beside status' });
    expect(lines).toContainEqual(expect.objectContaining({ note: `${ROWS} rows verified`, done: ROWS }));
    expect(lines[lines.length - 1]).toMatchObject({ state: 'done', note: 'every row is as the new version wants it' });
    expect(lines.filter(({ note }) => note === 'backfill').length).toBeLessThan(10);
  });

  test('begin where a slice has ended', async () => {
    await client.query(`INSERT INTO orders SELECT n, 'new' || n % 5 FROM generate_series(${ROWS + 1}, 400000) n`);
    const folder = mounted('slices', [RENAME], { restPerWork: 1, largestBatch: 4000 });
    const seen: number[] = [];
    for (let slice = 0; slice < 60 && (slice === 0 || await phase() !== 'ready'); slice += 1) {
      expect(await ran(folder, 'ready:2')).toMatchObject({ status: 0 });
      const { rows } = await client.query<{ seen: string }>('SELECT sum(rows_seen) AS seen FROM zero_downtime.walk');
      seen.push(Number(rows[0].seen));
    }
    expect(await phase()).toBe('ready');
    expect(seen.length).toBeGreaterThan(1);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  test('end where nothing remains to be done, however often they are killed', async () => {
    const folder = mounted('killed');
    for (let kill = 0; kill < 12; kill += 1) {
      const child = spawn('sh', [join(folder, 'run.sh'), 'expanded:0 ready:60', NAME], { env: { ...process.env, ...env() }, detached: true, stdio: 'ignore' });
      await new Promise((resolve) => setTimeout(resolve, 40 + kill * 45));
      if (child.exitCode === null) {
        process.kill(-child.pid!, 'SIGKILL');
        await once(child, 'exit');
      }
    }
    expect(await ran(folder, 'expanded:0 ready:60')).toMatchObject({ status: 0, stderr: '' });
    expect(await phase()).toBe('ready');
    expect(await rowsAreRight()).toBe(true);
  });

  test('go on by themselves when their connection is ended', async () => {
    const folder = mounted('ended', [RENAME], { restPerWork: 5 });
    const running = ran(folder, 'ready:100');
    let ended = 0;
    for (let tries = 0; tries < 200 && ended < 2; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      ended += (await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = \'orders-migration\'')).rowCount ?? 0;
    }
    const { status, stdout } = await running;
    expect(ended).toBe(2);
    expect(stdout).toContain('no connection, try 1');
    expect({ status, phase: await phase(), right: await rowsAreRight() }).toEqual({ status: 0, phase: 'ready', right: true });
  });

  test('end soon when they are told to', async () => {
    const folder = mounted('told', [RENAME], { restPerWork: 50 });
    const child = spawn('sh', [join(folder, 'run.sh'), 'ready:600', NAME], { env: { ...process.env, ...env() }, stdio: 'ignore' });
    const exited = once(child, 'exit');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const told = Date.now();
    child.kill('SIGTERM');
    expect(await exited).toEqual([143, null]);
    expect(Date.now() - told).toBeLessThan(3000);
  });

  test('wait for each other', async () => {
    const folder = mounted('together');
    const outcomes = await Promise.all([1, 2, 3].map(() => ran(folder, 'expanded:0 ready:60')));
    expect(outcomes.map(({ status }) => status)).toEqual([0, 0, 0]);
    expect(outcomes.some(({ stdout }) => stdout.includes('another session runs this migration'))).toBe(true);
    expect(await rowsAreRight()).toBe(true);
  });

  test('leave the old shape while a session of the old version is there, and say so', async () => {
    const folder = mounted('unmet');
    await ran(folder, 'ready:580');
    const old = await server.connect();
    await old.query('SET application_name = \'orders@1\'');
    const { status, stdout } = await ran(folder, 'contract:580');
    expect({ status, phase: await phase() }).toEqual({ status: 0, phase: 'ready' });
    expect(stdout).toMatch(/"state":"unmet","note":"session \d+ of orders@1 is there, older than orders@2"/);
    await old.end();
    expect(await ran(folder, 'contract:580')).toMatchObject({ status: 0 });
    expect(await phase()).toBe('contracted');
  });

  test('let a version start when what it needs is there, and never again when that has gone', async () => {
    const folder = mounted('start');
    const needed = `{${NAME}}`;
    expect(await waited(folder, 2, '{}', false)).toMatchObject({ status: 0 });
    expect((await waited(folder, 2, needed, true, 3)).stdout).toContain('orders@2 waits: no migration has been declared yet');
    await ran(folder, 'expanded:0');
    expect(await waited(folder, 2, needed, true)).toMatchObject({ status: 0 });
    const waiting = waited(folder, 2, needed, false);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await ran(folder, 'ready:580');
    expect(await waiting).toMatchObject({ status: 0, stdout: expect.stringContaining('orders@2 may start') });
    expect(await waited(folder, 1, '{}', false)).toMatchObject({ status: 0 });
    await ran(folder, 'contract:580');
    expect(await waited(folder, 2, needed, false)).toMatchObject({ status: 0 });
    expect(await waited(folder, 1, '{}', false)).toMatchObject({ status: 1, stdout: expect.stringContaining('orders@1 is older than the schema allows') });
  });

  test('end for good where only a person can help', async () => {
    await ran(mounted('first'), 'expanded:0');
    await client.query('UPDATE zero_downtime.migration SET content_hash = \'another\'');
    expect(await ran(mounted('second'), 'ready:0')).toMatchObject({ status: 42, stdout: expect.stringContaining('"sqlstate":"ZD001"') });
    const missing = Migration.dropColumn({ table: 'nowhere', column: 'note' });
    expect(await ran(mounted('missing', [missing]), 'ready:0', [nameOf(missing._spec)])).toMatchObject({ status: 42, stdout: expect.stringMatching(/"sqlstate":"(ZD002|42P01)"/) });
  });

  test('tell no value of a row', async () => {
    const wrong = Migration.changeColumnType({ table: 'orders', from: 'status', to: 'code', type: 'integer', up: 'status::integer', down: 'code::text' });
    const { status, stdout, stderr } = await ran(mounted('wrong', [wrong]), 'ready:0', [nameOf(wrong._spec)]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toMatch(/"sqlstate":"22P02","note":"backfill of the row of key 1: invalid input syntax for type integer: \\"…\\""/);
    expect(stdout).not.toMatch(/new\d/);
  });

  test('leave no index behind that was not built, which would refuse rows', async () => {
    const twice = Migration.addUnique({ table: 'orders', constraint: 'once', columns: ['status'] });
    const { status, stdout, stderr } = await ran(mounted('twice', [twice]), 'ready:0', [nameOf(twice._spec)]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toContain('"sqlstate":"23505"');
    expect((await client.query('SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = \'orders\'::regclass AND NOT indisprimary')).rows).toEqual([]);
  });

  test('run what psql would read as something else', async () => {
    const odd = [
      Migration.createIndex({ table: 'orders', index: ':migration', columns: ['a "b'], where: '"a ""b" <> \':goal \\\'\' $zd$\'' }),
      Migration.addCheck({ table: 'orders', constraint: '\\! touch it', check: '"a ""b" <> \'`:settings`\'' }),
    ];
    expect(await ran(mounted('odd', odd), 'ready:0', odd.map(({ _spec }) => nameOf(_spec)))).toMatchObject({ status: 0, stderr: '' });
    const { rows } = await client.query<{ name: string }>(`SELECT relname AS name FROM pg_class WHERE relname LIKE ':%'
      UNION SELECT conname FROM pg_constraint WHERE conname LIKE '%!%'`);
    expect(rows.map(({ name }) => name).sort()).toEqual([':migration', '\\! touch it']);
  });

  test.each([
    ['jdbc:postgresql://db/shop?user=a&password=hunter2', 42, 'must be a URL that begins with postgresql://'],
    ['postgresql://a:hunter2@[::1/shop', 42, 'is no URL that libpq reads'],
    ['postgresql://a:hunter2@db/shop?schema=public', 42, 'has the parameter schema, which libpq does not know'],
    ['postgresql://a:hunter2%zz@db/shop', 42, 'is no URL that libpq reads'],
  ])('refuse %s without showing it', async (url, status, text) => {
    const outcome = await ran(mounted('url'), 'ready:0', [NAME], url);
    expect(outcome).toMatchObject({ status, stdout: expect.stringContaining(text) });
    expect(outcome.stdout + outcome.stderr).not.toMatch(/hun/);
  });

  test('are found right by shellcheck', async () => {
    const shellcheck = await findShellcheck(FOLDER);
    if (shellcheck !== undefined) {
      expect(await attempt(shellcheck, ['run.sh', 'wait.sh', ...Object.keys(COMMAND_FILES)].map((file) => join(mounted('shell'), file)))).toMatchObject({ status: 0, stdout: '' });
    }
  });
});
