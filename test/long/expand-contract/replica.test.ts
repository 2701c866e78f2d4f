import type { Client } from 'pg';
import { lastOf, sleep, taken, takenBy } from './taken';
import type { Change } from '../../../src/expand-contract/phases/change';
import { sessionOf } from '../../../src/expand-contract/run/session';
import { PostgresServer } from '../../support/postgres/server';

const ROWS = 5000;
const RENAME: Change = { kind: 'renameColumn', table: 'orders', from: 'status', to: 'state' };
const BATCHES = { mostReplicaLag: '1s', smallestBatch: 500, largestBatch: 500 };

let server: PostgresServer;
let follower: PostgresServer;
let client: Client;
let replica: Client;

beforeEach(async () => {
  server = await PostgresServer.start();
  follower = await server.followed();
  client = await server.connect();
  replica = await follower.connect();
  await client.query(`CREATE TABLE orders (id bigint PRIMARY KEY, status text NOT NULL);
    INSERT INTO orders SELECT n, 'new' || n % 5 FROM generate_series(1, ${ROWS}) n`);
  await taken(server, 'a change', RENAME, 'expanded');
}, 60_000);

afterEach(async () => {
  await follower?.stop();
  await server?.stop();
});

/** The replica takes what it is sent and shows none of it, until it is more than so many milliseconds behind. */
async function fallBehind(milliseconds: number): Promise<void> {
  await replica.query('SELECT pg_wal_replay_pause()');
  await client.query('UPDATE orders SET status = status WHERE id = 1');
  await sleep(milliseconds);
  // A replica tells where it is when it is sent something.
  await client.query('UPDATE orders SET status = status WHERE id = 2');
  await sleep(200);
}

async function wrongRows(on: Client): Promise<unknown> {
  return (await on.query('SELECT count(*)::integer AS wrong FROM orders WHERE state IS DISTINCT FROM status')).rows[0].wrong;
}

test('a replica that falls behind is waited for, and nothing is written meanwhile', async () => {
  await fallBehind(1200);
  const pauses: string[] = [];
  const outcomes = await takenBy(sessionOf(await server.connect()), 'a change', RENAME, 'ready', BATCHES, async ({ state, note }) => {
    if (state === 'wait') {
      pauses.push(note);
      // Those that the programs have written meanwhile are done.
      expect(await wrongRows(client)).toBe(ROWS - 2);
      await (pauses.length === 2 ? replica.query('SELECT pg_wal_replay_resume()') : undefined);
    }
  });
  expect(pauses.length).toBeGreaterThanOrEqual(2);
  pauses.forEach((pause) => expect(pause).toMatch(/^paused: a replica is 00:00:0[1-9]\.\d+ behind, more than 1s$/));
  expect(lastOf(outcomes)).toMatchObject({ state: 'done' });
  expect(await wrongRows(client)).toBe(0);
  for (let tries = 0; tries < 50 && await wrongRows(replica) !== 0; tries += 1) {
    await sleep(100);
  }
  expect(await wrongRows(replica)).toBe(0);
}, 60_000);

test('one that is far behind ends the run, and the next one goes on', async () => {
  await fallBehind(1200);
  expect(lastOf(await taken(server, 'a change', RENAME, 'ready', { ...BATCHES, criticalReplicaLag: '1s' })))
    .toMatchObject({ state: 'failed', note: 'stopped: a replica is 00:00:01 behind (53ZD1); nothing is held meanwhile; run it again when the server has recovered' });
  await replica.query('SELECT pg_wal_replay_resume()');
  expect(lastOf(await taken(server, 'a change', RENAME, 'ready', BATCHES))).toMatchObject({ state: 'done' });
}, 60_000);

test('one that is lost is not waited for: it takes nothing, and holds nothing up', async () => {
  await fallBehind(1200);
  await follower.halt('SIGKILL');
  while ((await client.query('SELECT FROM pg_stat_replication')).rowCount !== 0) {
    await sleep(50);
  }
  const outcomes = await taken(server, 'a change', RENAME, 'ready', BATCHES);
  expect([outcomes.filter(({ state }) => state === 'wait'), lastOf(outcomes).state]).toEqual([[], 'done']);
}, 60_000);
