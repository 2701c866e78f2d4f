import { spawn } from 'child_process';
import { join } from 'path';
import { buildSync } from 'esbuild';
import { Book } from './book';
import { Program } from './program';
import { Random } from './random';
import type { RunnerRequest } from './runner-process';
import { RETYPE } from './scenarios';
import { sleep } from './taken';
import type { Goal, Outcome } from '../../../src/expand-contract/run/outcome';
import { DEFAULT_RUN_SETTINGS } from '../../../src/expand-contract/run/settings';
import { PostgresServer } from '../../support/postgres/server';
import { run } from '../command';
import { scratchFolder } from '../scratch';

const ROWS = 20_000;
const KILLS = 10;
const folder = scratchFolder('killed-process');
const program = join(folder, 'runner.js');

let server: PostgresServer;

beforeAll(async () => {
  buildSync({ entryPoints: [join(__dirname, 'runner-process.ts')], bundle: true, platform: 'node', target: 'node20', outfile: program, external: ['pg-native'] });
  server = await PostgresServer.start();
}, 60_000);

afterAll(() => server?.stop());

function request(goal: Goal, restPerWork = 1): string {
  const settings = { ...DEFAULT_RUN_SETTINGS, quiet: '0s', smallestBatch: 50, largestBatch: 100, restPerWork };
  const asked: RunnerRequest = { url: server.url(), change: RETYPE.change, goal, settings };
  return JSON.stringify(asked);
}

/** Starts a process, and ends it with SIGKILL when something is so, or some time after; resolves to how it ended. */
async function killedWhen(isSo: () => Promise<boolean>, milliseconds: number): Promise<NodeJS.Signals | number | null> {
  const child = spawn(process.execPath, [program, request('ready', 200)], { stdio: 'ignore' });
  const ended = new Promise<NodeJS.Signals | number | null>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
  for (let tries = 0; tries < 500 && !await isSo(); tries += 1) {
    await sleep(20);
  }
  await sleep(milliseconds);
  child.kill('SIGKILL');
  return ended;
}

test(`a process that is killed ${KILLS} times is followed by one that goes on, and programs notice nothing`, async () => {
  const seed = Random.seed();
  const random = new Random(seed);
  const client = await server.connect();
  await client.query(`CREATE TABLE orders (id integer PRIMARY KEY, touched integer NOT NULL DEFAULT 0, ${RETYPE.columns});
    INSERT INTO orders SELECT n, 0, ${RETYPE.seed} FROM generate_series(1, ${ROWS}) n`);
  const book = new Book(Array.from({ length: ROWS }, (_, index) => [index + 1, RETYPE.seeded(index + 1)] as const));
  const old = await Program.start(server, RETYPE.old, book, random);
  const written = async () => (await client.query<{ written: number }>('SELECT coalesce(sum(rows_written), 0)::integer AS written FROM zero_downtime.walk')
    .catch(() => ({ rows: [{ written: 0 }] }))).rows[0].written;
  const reached = [0];
  for (let kills = 0; kills < KILLS; kills += 1) {
    const before = reached[kills];
    // The first before it has begun, each other one while it writes.
    expect(await killedWhen(async () => kills === 0 || await written() > before, random.below(kills === 0 ? 100 : 250))).toBe('SIGKILL');
    reached.push(await written());
  }
  const isFurther = reached.map((rows, index) => index < 2 || rows > reached[index - 1]);
  expect([isFurther.includes(false), reached[KILLS] < ROWS]).toEqual([false, true]);
  const take = async (goal: Goal) => JSON.parse(await run(process.execPath, [program, request(goal)])) as Outcome;
  expect(await take('ready')).toMatchObject({ state: 'done' });
  const fresh = await Program.start(server, RETYPE.fresh, book, random);
  await old.stop();
  expect(await take('contract')).toMatchObject({ state: 'done', note: 'the old shape is gone' });
  await fresh.stop();
  expect([...old.errors, ...fresh.errors]).toEqual([]);
  const { rows } = await client.query<{ id: number; cents: number }>('SELECT id, cents::integer AS cents FROM orders ORDER BY id');
  expect(rows).toEqual(book.all().map(([id, { state }]) => ({ id, cents: state.cents })));
  console.info(`killed after ${reached.slice(1).join(', ')} of ${ROWS} rows, seed ${seed}`);
});
