import type { Client } from 'pg';
import type { Method } from './method';
import { expand, METHODS } from './methods';
import { Traffic, type Latencies } from './traffic';
import { PostgresServer } from '../../test/support/postgres/server';
import { table } from '../table';

const QUICK = process.argv.includes('--quick');
const ROWS = QUICK ? 100_000 : 1_000_000;
/** Milliseconds for which traffic is measured with nothing beside it. */
const BASELINE = QUICK ? 3000 : 15_000;

interface Measured {
  readonly name: string;
  readonly rowsPerSecond: number;
  readonly underLoad: number;
  readonly latencies: Latencies;
  /** The table with its indexes, as a multiple of what it was. */
  readonly growth: number;
  readonly walPerRow: number;
}

/** Compares ways to fill a column of a table, alone and beside traffic; each finds the same table. */
async function main(): Promise<void> {
  const server = await PostgresServer.start(undefined, { autovacuum: 'on', shared_buffers: '256MB', max_wal_size: '4GB' });
  try {
    const client = await server.connect();
    await fresh(client);
    const baseline = await alone(server);
    const measured: Measured[] = [];
    for (const method of METHODS) {
      measured.push(await measure(method, server, client));
    }
    report(baseline, measured);
  } finally {
    await server.stop();
  }
}

async function fresh(client: Client, prepare: Method['prepare'] = expand): Promise<void> {
  await client.query('DROP TABLE IF EXISTS subject; DROP SCHEMA IF EXISTS zero_downtime CASCADE');
  await client.query(`CREATE TABLE subject (id bigint PRIMARY KEY, old_name text NOT NULL, amount integer, note text);
    INSERT INTO subject SELECT n, 'name ' || n % 1000, n % 5000, repeat('x', 100) FROM generate_series(1, ${ROWS}) AS n;
    CREATE INDEX ON subject (amount); CREATE INDEX ON subject (old_name)`);
  await client.query('VACUUM (ANALYZE) subject');
  await client.query('CHECKPOINT');
  await prepare(client);
}

async function alone(server: PostgresServer): Promise<Latencies> {
  const traffic = await Traffic.start(server, ROWS);
  await new Promise((resolve) => setTimeout(resolve, BASELINE));
  return traffic.stop();
}

async function measure({ name, prepare, run }: Method, server: PostgresServer, client: Client): Promise<Measured> {
  await fresh(client, prepare);
  const quiet = await run(client);
  await fresh(client, prepare);
  const [size, wal] = [await sizeOf(client), await walOf(client)];
  const traffic = await Traffic.start(server, ROWS);
  const loaded = await run(client);
  const latencies = await traffic.stop();
  return {
    name,
    rowsPerSecond: ROWS / quiet * 1000,
    underLoad: ROWS / loaded * 1000,
    latencies,
    growth: await sizeOf(client) / size,
    walPerRow: (await walOf(client) - wal) / ROWS,
  };
}

async function sizeOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ size: number }>('SELECT pg_total_relation_size(\'subject\')::double precision AS size');
  return rows[0].size;
}

async function walOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ wal: number }>('SELECT (pg_current_wal_lsn() - \'0/0\'::pg_lsn)::double precision AS wal');
  return rows[0].wal;
}

function report(baseline: Latencies, measured: readonly Measured[]): void {
  const [single] = measured;
  console.log(`${ROWS} rows, 3 indexes; traffic of 300 statements a second, 30 % of them writes`);
  console.log(table(['method', 'rows/s ÷ one UPDATE', 'the same beside traffic', 'p99 ÷ baseline', 'longest ms', 'growth', 'WAL bytes a row'], [
    ['no backfill', '', '', '1.00', baseline.longest.toFixed(0), '', ''],
    ...measured.map(({ name, rowsPerSecond, underLoad, latencies, growth, walPerRow }) => [
      name,
      (rowsPerSecond / single.rowsPerSecond).toFixed(2),
      (underLoad / single.underLoad).toFixed(2),
      (latencies.p99 / baseline.p99).toFixed(2),
      latencies.longest.toFixed(0),
      growth.toFixed(2),
      walPerRow.toFixed(0),
    ]),
  ]));
  const ours = measured[measured.length - 1];
  console.log([
    target('rows/s of one UPDATE, alone', ours.rowsPerSecond / single.rowsPerSecond, 0.85, 'least'),
    target('p99 of the baseline', ours.latencies.p99 / baseline.p99, 1.5, 'most'),
    target('growth', ours.growth, 1.2, 'most'),
  ].join('\n'));
}

function target(what: string, value: number, bound: number, kind: 'least' | 'most'): string {
  return `${(kind === 'least' ? value >= bound : value <= bound) ? 'met   ' : 'MISSED'} ${what}: ${value.toFixed(2)}, at ${kind} ${bound}`;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
