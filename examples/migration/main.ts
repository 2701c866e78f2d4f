import { spawn } from 'child_process';
import { join } from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { OrdersService, type StatusColumn } from './orders-service';
import { PostgresServer } from '../../test/support/postgres/server';

const ROWS = 200_000;
const INSTANCES = 4;

/** Takes a column of a table in use to another name, while two versions of its service write and read it, and shows that neither noticed. */
async function main(): Promise<void> {
  const server = await PostgresServer.start();
  try {
    await rename(server);
  } finally {
    await server.stop();
  }
}

async function rename(server: PostgresServer): Promise<void> {
  const admin = await server.connect();
  // Whoever has no name may be of the old version.
  await admin.query('SET application_name = \'somebody else\'');
  await admin.query(`CREATE TABLE orders (id bigint PRIMARY KEY, payment_status varchar(20) NOT NULL, note text);
    INSERT INTO orders SELECT n, 'paid', 'x' FROM generate_series(1, ${ROWS}) AS n;
    CREATE INDEX orders_open ON orders (id) WHERE payment_status <> 'paid'; ANALYZE orders`);
  let next = ROWS;
  const start = (epoch: number, column: StatusColumn) => OrdersService.start(server.folder, epoch, column, () => ++next);
  const all: OrdersService[] = [];
  const version1 = await Promise.all(Array.from({ length: INSTANCES }, () => start(1, 'payment_status')));
  all.push(...version1);
  await sleep(500);

  heading(`version 1 runs, ${INSTANCES} instances; the schema expands, ${ROWS} rows are filled and verified`);
  const codes = [await zeroDowntime('run', server, '--to', 'ready')];
  heading('version 2 takes over, an instance at a time; the old shape may not go yet');
  for (const [index, old] of version1.entries()) {
    all.push(await start(2, 'status'));
    if (index === 1) {
      codes.push(await zeroDowntime('run', server, '--to', 'contract', '--quiet', '1s'));
    }
    await old.stop();
  }
  heading('version 1 is gone, and has not written for a while');
  codes.push(await contracted(server));
  await sleep(500);
  await Promise.all(all.slice(INSTANCES).map((service) => service.stop()));

  heading('what the two versions noticed');
  console.log(`exit codes ${codes.join(', ')}`);
  await summary(all, admin);
  // Done, not yet, done.
  process.exitCode = codes.join() === '0,3,0' ? process.exitCode : 1;
}

/** As a pipeline does: again and again, until the evidence is there that nobody needs the old shape. */
async function contracted(server: PostgresServer): Promise<number | null> {
  for (let tries = 1; ; tries += 1) {
    await sleep(2000);
    const code = await zeroDowntime('run', server, '--to', 'contract', '--quiet', '1s');
    if (code !== 3 || tries === 15) {
      return code;
    }
  }
}

/** The command line, as anybody runs it; resolves to its exit code. */
async function zeroDowntime(command: string, server: PostgresServer, ...options: string[]): Promise<number | null> {
  const args = ['migrations', command, join(__dirname, 'changes.yaml'), '--database', server.url(), '--service', 'orders', '--epoch', '2', ...options];
  const run = spawn(process.execPath, [join(__dirname, '../../bin/zero-downtime'), ...args], { stdio: 'inherit' });
  return new Promise((resolve) => run.once('exit', resolve));
}

async function summary(all: readonly OrdersService[], admin: Awaited<ReturnType<PostgresServer['connect']>>): Promise<void> {
  const errors = all.flatMap((service) => service.errors);
  const latencies = all.flatMap((service) => service.latencies).sort((one, other) => one - other);
  const expected = new Map(all.flatMap((service) => [...service.expected]));
  const { rows } = await admin.query<{ id: string; status: string }>('SELECT id, status FROM orders');
  const wrong = rows.filter(({ id, status }) => status !== (expected.get(Number(id)) ?? 'paid'));
  const isComplete = rows.length === ROWS + expected.size;
  console.log(`statements ${latencies.length}, errors ${errors.length}`);
  console.log(`rows ${rows.length}, of them written meanwhile ${expected.size}, wrong ${wrong.length}${isComplete ? '' : ', and some are missing'}`);
  console.log(`latency median ${percentile(latencies, 0.5)} ms, p99 ${percentile(latencies, 0.99)} ms, longest ${percentile(latencies, 1)} ms`);
  const { rows: units } = await admin.query<{ phase: string; took: string; steps: string }>(`
    SELECT phase, round(extract(epoch FROM max(done_at) - min(started_at)) * 1000)::text AS took, count(*) AS steps FROM zero_downtime.unit_done GROUP BY phase
    UNION ALL SELECT phase, round(extract(epoch FROM ended_at - started_at) * 1000)::text, batches FROM zero_downtime.walk
    ORDER BY phase`);
  units.forEach(({ phase, took, steps }) => console.log(`${phase.padEnd(9)} ${steps.padStart(4)} ${phase === 'backfill' || phase === 'verify' ? 'batches' : 'steps'}, ${took} ms`));
  if (errors.length > 0 || wrong.length > 0 || !isComplete) {
    console.error(errors.slice(0, 5).join('\n'));
    process.exitCode = 1;
  }
}

function percentile(sorted: readonly number[], share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
}

function heading(text: string): void {
  console.log(`\n== ${text}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
