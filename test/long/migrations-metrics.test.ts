import { spawnSync } from 'child_process';
import { readFileSync } from 'fs';
import { join } from 'path';
import type { Client } from 'pg';
import { describeUnless, works } from './command';
import { taken } from './expand-contract/taken';
import type { Change } from '../../src/expand-contract/phases/change';
import { phasesOf } from '../../src/expand-contract/phases/phases-of';
import { runPhases } from '../../src/expand-contract/run/run-phases';
import { sessionOf } from '../../src/expand-contract/run/session';
import { DEFAULT_RUN_SETTINGS } from '../../src/expand-contract/run/settings';
import { run } from '../cli/run';
import { PostgresServer } from '../support/postgres/server';
import { prometheusVersion, startPrometheus, type RunningPrometheus } from '../support/prometheus';

const RENAME: Change = { kind: 'renameColumn', table: 'orders', from: 'status', to: 'state' };
const INDEX: Change = { kind: 'createIndex', table: 'orders', index: 'by_note', columns: ['note'] };
const PAGE = readFileSync(join(__dirname, '../../docs/expand-contract.md'), 'utf8');
/** The ledger takes any name. */
const ODD = 'odd "name" \\ of\nit';

let server: PostgresServer;
let client: Client;

beforeAll(async () => {
  server = await PostgresServer.start();
  client = await server.connect();
  await client.query('CREATE TABLE orders (id bigint PRIMARY KEY, status text, note text); INSERT INTO orders SELECT n, \'new\', \'x\' FROM generate_series(1, 5000) n; ANALYZE orders');
}, 60_000);

afterAll(() => server?.stop());

async function metrics(): Promise<string> {
  const { code, out, error } = await run(['migrations', 'status', '--database', server.url(), '--format', 'prometheus']);
  expect([code, error]).toEqual([0, '']);
  return out;
}

/** A run that stops where somebody has a row in the middle, after an old version has written one. */
async function halfWay(): Promise<void> {
  await taken(server, 'orders-rename', RENAME, 'expanded');
  await client.query('UPDATE orders SET status = \'paid\' WHERE id = 4000');
  const blocker = await server.connect();
  await blocker.query('BEGIN; UPDATE orders SET note = \'y\' WHERE id = 4990');
  const own = await server.connect();
  const sleep = async () => undefined;
  const settings = { ...DEFAULT_RUN_SETTINGS, batchLockTimeout: '10ms', smallestBatch: 50, largestBatch: 50 };
  for await (const { state } of runPhases(sessionOf(own), { phases: phasesOf('orders-rename', RENAME), goal: 'ready', settings, sleep })) {
    if (state === 'wait') {
      break;
    }
  }
  await blocker.query('ROLLBACK');
}

describe('the metrics of migrations', () => {
  test('are one number where nothing was declared', async () => {
    expect(await metrics()).toBe('# HELP zero_downtime_migrations Changes of the schema that were declared here.\n# TYPE zero_downtime_migrations gauge\nzero_downtime_migrations 0\n');
  });
});

describeUnless(works('promtool', ['--version']) && prometheusVersion() !== undefined ? undefined : 'prometheus is not there', 'Prometheus reads of migrations', () => {
  let prometheus: RunningPrometheus;
  let text: string;
  let before: number;

  beforeAll(async () => {
    before = Date.now() / 1000;
    await halfWay();
    await taken(server, ODD, INDEX, 'ready');
    text = await metrics();
    prometheus = await startPrometheus([{ labels: {}, metrics: () => text }]);
    await prometheus.scraped(1);
  }, 90_000);

  afterAll(() => prometheus?.stop());

  const value = async (name: string, migration = 'orders-rename') => (await prometheus.query(`zero_downtime_migration_${name}{migration=${JSON.stringify(migration)}}`)).map(Number);

  test('what promtool finds nothing wrong with', () => {
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
    expect([status, stdout, stderr]).toEqual([0, '', '']);
  });

  test('in which phase each is, and in no other', async () => {
    expect(await prometheus.query('sum by (migration) (zero_downtime_migration_phase)')).toEqual(['1', '1']);
    expect(await prometheus.query('zero_downtime_migration_phase{migration="orders-rename",phase="backfill"}')).toEqual(['1']);
    expect(await prometheus.query(`zero_downtime_migration_phase{migration=${JSON.stringify(ODD)},phase="ready"}`)).toEqual(['1']);
  });

  test('how many steps and rows are done, of how many', async () => {
    expect([await value('steps'), await value('steps_done')]).toEqual([[12], [2]]);
    const [[rows], [done]] = [await value('walk_rows'), await value('walk_rows_done')];
    expect([rows, done > 0, done < rows]).toEqual([5000, true, true]);
    expect([await value('steps', ODD), await value('steps_done', ODD), await value('walk_rows', ODD)]).toEqual([[1], [1], []]);
  });

  test('how often a lock was taken, when the old shape was last written, and how many rows are wrong', async () => {
    expect([await value('lock_attempts'), await value('mismatched_rows')]).toEqual([[1], [0]]);
    const [at] = await value('last_old_write_timestamp_seconds');
    expect([at >= Math.floor(before), at <= Date.now() / 1000]).toEqual([true, true]);
    expect(await value('last_old_write_timestamp_seconds', ODD)).toEqual([]);
  });

  test('what the documentation shows', () => {
    const about = (all: string) => all.split('\n').filter((line) => line.startsWith('# '));
    expect(about(PAGE.split('```').find((block) => block.includes('# HELP'))!)).toEqual(about(text));
  });

  test('the same from the query that the documentation gives to an exporter', async () => {
    const query = PAGE.split('```').find((block) => block.includes('AS seconds_since_old_write'))!;
    const { rows } = await client.query(query);
    expect(rows).toEqual(expect.arrayContaining([
      expect.objectContaining({ migration: 'orders-rename', phase: 'backfill', lock_attempts: 1, mismatched_rows: '0' }),
      expect.objectContaining({ migration: ODD, phase: 'ready', lock_attempts: 0, seconds_since_old_write: null }),
    ]));
  });
});
