import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { Duration } from 'cdk8s';
import type { Client } from 'pg';
import { enginesIn } from './engine';
import { Pod } from './pod';
import { Migration } from '../../../src/spec/migration/migration';
import { migrating } from '../../plan/migrations/migrating';
import { findPgroll } from '../../support/pgroll';
import { PostgresServer } from '../../support/postgres/server';
import { describeUnless, run, works } from '../command';
import { sleep } from '../expand-contract/taken';
import { scratchFolder } from '../scratch';

const FOLDER = scratchFolder('migration-pgroll');
const PROGRAMS = `${FOLDER}/programs`;
const IMAGE = 'registry.example.com/pgroll:0.16.3';
const RENAME = JSON.stringify({ operations: [{ rename_column: { table: 'orders', from: 'status', to: 'state' } }] });
const PGROLL = Migration.pgroll({ image: IMAGE, name: '02_state', migration: RENAME });
const EXPAND = { migrations: [PGROLL], quiet: Duration.seconds(0) };
const CONTRACT = { migrations: [], contracts: [PGROLL], quiet: Duration.seconds(0) };
const hasPsql = works('psql', ['--version']);

describeUnless(hasPsql ? undefined : 'psql is not there', 'the script of pgroll, with a program that does as its sources say', () => {
  let server: PostgresServer;
  let client: Client;
  let pods = 0;
  const state = `${FOLDER}/state`;

  beforeAll(async () => {
    enginesIn(PROGRAMS);
    server = await PostgresServer.start();
    client = await server.connect();
    await client.query('SET application_name = \'test\'');
  }, 60_000);

  afterAll(() => server?.stop());

  beforeEach(async () => {
    rmSync(state, { recursive: true, force: true });
    mkdirSync(state);
    await client.query('DROP SCHEMA IF EXISTS zero_downtime CASCADE');
  });

  function podOf(id: string): [Pod, NodeJS.ProcessEnv] {
    pods += 1;
    const folder = `${FOLDER}/pod-${pods}`;
    return [Pod.of(id, migrating(id === 'expand' ? EXPAND : CONTRACT), folder, server.url()), { PGROLL_FAKE: state, SCRIPTS: `${folder}/scripts` }];
  }

  async function ran(id: string, env: NodeJS.ProcessEnv = {}) {
    const [pod, own] = podOf(id);
    return pod.run({ ...own, ...env }, PROGRAMS);
  }

  /** Kills a pod as soon as pgroll has been called so. */
  async function killedAfter(id: string, call: string): Promise<void> {
    const [pod, own] = podOf(id);
    const before = calls().length;
    const running = pod.run({ ...own, PGROLL_SECONDS: '600' }, PROGRAMS);
    while (!calls().slice(before).includes(call)) {
      await sleep(50);
    }
    await sleep(100);
    await pod.kill();
    await running;
  }

  const calls = () => existsSync(`${state}/calls`) ? readFileSync(`${state}/calls`, 'utf8').trim().split('\n') : [];
  const called = (...which: string[]) => calls().filter((call) => which.includes(call));
  const phase = async () => (await client.query<{ phase: string }>('SELECT phase FROM zero_downtime.migration')).rows[0].phase;

  test('starts, and completes, each once', async () => {
    for (const id of ['expand', 'expand', 'contract', 'contract']) {
      expect(await ran(id)).toMatchObject({ status: 0 });
    }
    expect(called('start', 'complete', 'rollback')).toEqual(['start', 'complete']);
    expect(readFileSync(`${state}/state`, 'utf8')).toBe('Complete');
    expect(await phase()).toBe('contracted');
  });

  test('goes back first where a start was killed, or going back was', async () => {
    await killedAfter('expand', 'start');
    expect(await phase()).toBe('expand');
    await killedAfter('expand', 'rollback');
    expect(await ran('expand')).toMatchObject({ status: 0 });
    expect(called('start', 'complete', 'rollback')).toEqual(['start', 'rollback', 'rollback', 'start']);
    expect(existsSync(`${state}/views`)).toBe(true);
    expect(await phase()).toBe('ready');
  });

  test('completes again where that was killed', async () => {
    await ran('expand');
    await killedAfter('contract', 'complete');
    expect(await phase()).toBe('contract');
    expect(await ran('contract')).toMatchObject({ status: 0 });
    expect(called('complete', 'rollback')).toEqual(['complete', 'complete']);
    expect(await phase()).toBe('contracted');
  });

  test('ends for good where pgroll ends with success and has started nothing', async () => {
    writeFileSync(`${state}/no-history`, '');
    expect(await ran('expand')).toMatchObject({ status: 42, output: expect.stringContaining('tables without a history need pgroll baseline first') });
    expect(await phase()).toBe('expand');
  });

  test('ends for good where another migration is under way, which is left as it is', async () => {
    writeFileSync(`${state}/version`, '01_other');
    writeFileSync(`${state}/state`, 'In progress');
    expect(await ran('expand')).toMatchObject({ status: 42, output: expect.stringContaining('pgroll has another migration under way') });
    expect(called('rollback', 'start')).toEqual([]);
  });

  test('completes nothing that is not under way', async () => {
    await ran('expand');
    writeFileSync(`${state}/version`, '03_later');
    expect(await ran('contract')).toMatchObject({ status: 42, output: expect.stringContaining('pgroll does not have this migration under way') });
    expect(called('complete')).toEqual([]);
  });

  test('takes what pgroll has completed for done', async () => {
    writeFileSync(`${state}/version`, '02_state');
    writeFileSync(`${state}/state`, 'Complete');
    expect(await ran('expand')).toMatchObject({ status: 0 });
    expect(await ran('contract')).toMatchObject({ status: 0 });
    expect(called('start', 'complete', 'rollback')).toEqual([]);
  });
});

/** Asked only when it is needed: it may take minutes to build. */
const pgroll = hasPsql ? findPgroll() : { missing: 'psql is not there' };

describeUnless('missing' in pgroll ? pgroll.missing : undefined, 'pgroll itself', () => {
  const { path } = pgroll as { readonly path: string };

  test('starts beside two versions of a program, and completes when the old one is gone', async () => {
    const server = await PostgresServer.start();
    try {
      const client = await server.connect();
      await client.query('SET application_name = \'test\'');
      mkdirSync(PROGRAMS, { recursive: true });
      const url = server.url();
      const env = { PGROLL_PG_URL: url };
      writeFileSync(`${FOLDER}/01_orders.json`, JSON.stringify({
        operations: [{ create_table: { name: 'orders', columns: [{ name: 'id', type: 'integer', pk: true }, { name: 'status', type: 'text' }] } }],
      }));
      await run(path, ['init'], { env });
      await run(path, ['start', `${FOLDER}/01_orders.json`, '--complete'], { env });
      const programs = path.replace(/\/[^/]*$/, '');
      expect(await Pod.of('expand', migrating(EXPAND), `${FOLDER}/real-1`, url).run({}, programs)).toMatchObject({ status: 0 });
      await client.query('SET search_path = public_01_orders; INSERT INTO orders (id, status) VALUES (1, \'old\')');
      await client.query('SET search_path = public_02_state; INSERT INTO orders (id, state) VALUES (2, \'new\')');
      expect((await client.query('SELECT id, state FROM public_02_state.orders ORDER BY id')).rows).toEqual([{ id: 1, state: 'old' }, { id: 2, state: 'new' }]);
      expect((await client.query('SELECT id, status FROM public_01_orders.orders ORDER BY id')).rows).toEqual([{ id: 1, status: 'old' }, { id: 2, status: 'new' }]);
      expect(await Pod.of('contract', migrating(CONTRACT), `${FOLDER}/real-2`, url).run({}, programs)).toMatchObject({ status: 0 });
      expect((await client.query('SELECT id, state FROM public_02_state.orders ORDER BY id')).rows).toHaveLength(2);
      await expect(client.query('SELECT FROM public_01_orders.orders')).rejects.toThrow('does not exist');
    } finally {
      await server.stop();
    }
  }, 300_000);
});
