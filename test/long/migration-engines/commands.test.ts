import { Duration } from 'cdk8s';
import type { Client } from 'pg';
import { enginesIn } from './engine';
import { Pod } from './pod';
import { Migration } from '../../../src/spec/migration/migration';
import type { PostgresOptions } from '../../../src/spec/migration/postgres-options';
import { migrating } from '../../plan/migrations/migrating';
import { PostgresServer } from '../../support/postgres/server';
import { describeUnless, works } from '../command';
import { Random } from '../expand-contract/random';
import { sleep } from '../expand-contract/taken';
import { scratchFolder } from '../scratch';

const FOLDER = scratchFolder('migration-engines');
const PROGRAMS = `${FOLDER}/programs`;
const engine = (word: string) => Migration.command({ image: 'registry.example.com/engine:1.0.0', command: ['engine'], args: [word] });
const RENAME = Migration.renameColumn({ table: 'orders', from: 'status', to: 'state' });
const CHECK = Migration.addCheck({ table: 'orders', constraint: 'counted', check: 'id > 0' });

describeUnless(works('psql', ['--version']) ? undefined : 'psql is not there', 'commands of other engines', () => {
  let server: PostgresServer;
  let client: Client;
  let pods = 0;

  beforeAll(async () => {
    enginesIn(PROGRAMS);
    server = await PostgresServer.start();
    client = await server.connect();
    await client.query('SET application_name = \'test\'');
  }, 60_000);

  afterAll(() => server?.stop());

  beforeEach(async () => {
    await client.query(`DROP SCHEMA IF EXISTS public CASCADE; DROP SCHEMA IF EXISTS zero_downtime CASCADE; CREATE SCHEMA public;
      CREATE TABLE orders (id bigint PRIMARY KEY, status text NOT NULL);
      INSERT INTO orders SELECT n, 'new' FROM generate_series(1, 2000) n;
      CREATE TABLE engine_begun (word text, has_state boolean, has_check boolean, least_epoch integer);
      CREATE TABLE engine_history (word text PRIMARY KEY)`);
  });

  function podOf(id: string, options: Partial<PostgresOptions>): Pod {
    pods += 1;
    return Pod.of(id, migrating({ quiet: Duration.seconds(0), ...options }), `${FOLDER}/pod-${pods}`, server.url());
  }

  const run = (id: string, options: Partial<PostgresOptions>, env: NodeJS.ProcessEnv = {}) => podOf(id, options).run(env, PROGRAMS);

  async function rowsOf<T>(sql: string): Promise<T[]> {
    return (await client.query(sql)).rows as T[];
  }

  const phases = () => rowsOf<{ phase: string }>('SELECT phase FROM zero_downtime.migration ORDER BY declared_at').then((rows) => rows.map(({ phase }) => phase));
  const ORDERED = { migrations: [RENAME, engine('v2'), CHECK] };

  test('run after what was declared before them, and before what comes after, once', async () => {
    expect(await run('expand', ORDERED)).toMatchObject({ status: 0, ran: ['lend-shell', expect.stringMatching(/^before-run-engine-/), expect.stringMatching(/^run-engine-/), 'migration'] });
    expect(await rowsOf('SELECT * FROM engine_begun')).toEqual([{ word: 'v2', has_state: true, has_check: false, least_epoch: null }]);
    expect(await phases()).toEqual(['ready', 'ready', 'ready']);
    const again = await run('expand', ORDERED);
    expect(again).toMatchObject({ status: 0, output: expect.stringContaining('"note":"is not due"') });
    expect(await rowsOf('SELECT word FROM engine_begun')).toHaveLength(1);
  });

  test('are passed by no other runner before they have ended', async () => {
    const pod = podOf('expand', ORDERED);
    const running = pod.run({ ENGINE_SECONDS: '600' }, PROGRAMS);
    while ((await rowsOf('SELECT FROM pg_tables WHERE tablename = \'engine_begun\' AND EXISTS (SELECT FROM engine_begun)')).length === 0) {
      await sleep(100);
    }
    const other = podOf('backfill', ORDERED);
    const waiting = other.run({}, PROGRAMS);
    await sleep(4000);
    await other.kill();
    expect((await waiting).output).toMatch(/"state":"wait","note":"the command run-engine-[0-9a-f]{8} has not ended yet"/);
    expect(await rowsOf('SELECT FROM pg_constraint WHERE conname = \'counted\'')).toEqual([]);
    await pod.kill();
    await running;
    expect(await run('expand', ORDERED)).toMatchObject({ status: 0 });
    expect(await phases()).toEqual(['ready', 'ready', 'ready']);
  });

  test('that fail end the pod, and are run again', async () => {
    expect(await run('expand', ORDERED, { ENGINE_FAILS: '42' })).toMatchObject({ status: 42, failed: expect.stringMatching(/^run-engine-/) });
    expect(await rowsOf('SELECT FROM pg_constraint WHERE conname = \'counted\'')).toEqual([]);
    expect(await run('expand', ORDERED)).toMatchObject({ status: 0 });
    expect(await rowsOf('SELECT word FROM engine_history')).toEqual([{ word: 'v2' }]);
  });

  test('keep their order, however often their pod is killed', async () => {
    const random = new Random(20260117);
    const options = { migrations: [RENAME, engine('v2'), CHECK, engine('v3')] };
    let killed = 0;
    for (let tries = 0; tries < 14; tries += 1) {
      const pod = podOf('expand', options);
      const running = pod.run({ ENGINE_SECONDS: '0.3' }, PROGRAMS);
      await sleep(50 + random.below(700));
      await pod.kill();
      killed += (await running).status === 'SIGKILL' ? 1 : 0;
      // What was killed has sessions that the server ends a moment later.
      await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = \'client backend\'');
    }
    expect(killed).toBeGreaterThan(5);
    expect(await run('expand', options)).toMatchObject({ status: 0 });
    expect(await phases()).toEqual(['ready', 'ready', 'ready', 'ready']);
    expect(await rowsOf('SELECT DISTINCT word, has_state, has_check FROM engine_begun ORDER BY word')).toEqual([
      { word: 'v2', has_state: true, has_check: false }, { word: 'v3', has_state: true, has_check: true },
    ]);
    expect(await rowsOf('SELECT word FROM engine_history ORDER BY word')).toEqual([{ word: 'v2' }, { word: 'v3' }]);
  }, 180_000);

  describe('that let the old shape go', () => {
    const CONTRACT = { migrations: [], contracts: [RENAME, engine('drop'), CHECK] };

    beforeEach(async () => {
      expect(await run('expand', { migrations: [RENAME, CHECK] })).toMatchObject({ status: 0 });
    });

    test('are not run while the old version is there, which is no failure, and nothing behind them is', async () => {
      const old = await server.connect();
      await old.query('SET application_name = \'payments@1\'');
      const unmet = await run('contract', { ...CONTRACT, contracts: [engine('drop'), RENAME] });
      expect(unmet).toMatchObject({ status: 0, output: expect.stringContaining('of payments@1 is there, older than payments@2') });
      expect(unmet.output).toContain('nothing is begun');
      expect(await rowsOf('SELECT FROM engine_begun')).toEqual([]);
      expect(await rowsOf('SELECT FROM zero_downtime.service')).toEqual([]);
      expect(await phases()).toEqual(['ready', 'ready', 'ready']);
      await old.end();
      expect(await run('contract', { ...CONTRACT, contracts: [engine('drop'), RENAME] })).toMatchObject({ status: 0 });
      expect(await rowsOf('SELECT word, has_state, least_epoch FROM engine_begun')).toEqual([{ word: 'drop', has_state: true, least_epoch: 2 }]);
      expect(await phases()).toEqual(['contracted', 'ready', 'contracted']);
    });

    test('run once older versions have been ended, in their order, and are asked for no more', async () => {
      expect(await run('contract', CONTRACT)).toMatchObject({ status: 0 });
      expect(await rowsOf('SELECT word, least_epoch FROM engine_begun')).toEqual([{ word: 'drop', least_epoch: 2 }]);
      expect(await run('contract', CONTRACT)).toMatchObject({ status: 0 });
      expect(await rowsOf('SELECT FROM engine_begun')).toHaveLength(1);
    });

    test('are run again where their container was killed, and older versions stay ended', async () => {
      const pod = podOf('contract', CONTRACT);
      const running = pod.run({ ENGINE_SECONDS: '600' }, PROGRAMS);
      while ((await rowsOf('SELECT FROM engine_begun')).length === 0) {
        await sleep(100);
      }
      await pod.kill();
      await running;
      expect(await rowsOf('SELECT least_epoch FROM zero_downtime.service')).toEqual([{ least_epoch: 2 }]);
      expect(await rowsOf('SELECT FROM engine_history')).toEqual([]);
      expect(await run('contract', CONTRACT)).toMatchObject({ status: 0 });
      expect(await rowsOf('SELECT word FROM engine_history')).toEqual([{ word: 'drop' }]);
    });
  });
});
