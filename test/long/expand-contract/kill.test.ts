import type { Client } from 'pg';
import { isEnd, KilledSession } from './killed-session';
import { Random } from './random';
import { shapeOf } from './shape';
import { emptied, sleep, taken } from './taken';
import type { Change } from '../../../src/expand-contract/phases/change';
import { phasesOf } from '../../../src/expand-contract/phases/phases-of';
import type { Goal, Outcome } from '../../../src/expand-contract/run/outcome';
import { runPhases } from '../../../src/expand-contract/run/run-phases';
import { DEFAULT_RUN_SETTINGS } from '../../../src/expand-contract/run/settings';
import { PostgresServer } from '../../support/postgres/server';

const POINTS = 200;
const ROWS = 3000;
const GIVEN = `CREATE TABLE customers (id bigint PRIMARY KEY);
  CREATE TABLE elsewhere (id bigint);
  CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, status varchar(20) NOT NULL DEFAULT 'new', quantity integer NOT NULL, note text);
  CREATE TABLE accounts (account_id bigint PRIMARY KEY, parent_id bigint REFERENCES accounts);
  CREATE TABLE members (account_id bigint REFERENCES accounts ON DELETE CASCADE);
  INSERT INTO accounts SELECT n, nullif(n / 2, 0) FROM generate_series(1, ${ROWS}) n;
  INSERT INTO members SELECT n FROM generate_series(1, 100) n;
  INSERT INTO customers SELECT n FROM generate_series(1, 100) n;
  INSERT INTO orders SELECT n, n % 100 + 1, 'new' || n % 5, n % 7, nullif('x' || n % 3, 'x1') FROM generate_series(1, ${ROWS}) n;
  CREATE INDEX known_by ON orders (status, id);
  ALTER TABLE orders ADD CONSTRAINT each UNIQUE (status, id), ADD CONSTRAINT stated CHECK (status <> '')`;

interface Case {
  readonly change: Change;
  /** The rows that the walk must write, each once; and what is so of all rows at the end. */
  readonly lacking?: number;
  readonly holds?: string;
}

const CASES: readonly Case[] = [
  { change: { kind: 'renameColumn', table: 'accounts', from: 'account_id', to: 'id' }, lacking: ROWS },
  { change: { kind: 'renameColumn', table: 'orders', from: 'status', to: 'state' }, lacking: ROWS, holds: 'bool_and(state = \'new\' || id % 5)' },
  {
    change: { kind: 'changeColumnType', table: 'orders', from: 'quantity', to: 'amount', type: 'bigint', up: 'quantity::bigint * 100', down: '(amount / 100)::integer' },
    lacking: ROWS,
    holds: 'bool_and(amount = id % 7 * 100)',
  },
  { change: { kind: 'addColumn', table: 'orders', column: 'large', type: 'boolean', value: 'quantity > 3', notNull: true }, lacking: ROWS, holds: 'bool_and(large = (id % 7 > 3))' },
  { change: { kind: 'addColumn', table: 'orders', column: 'mark', type: 'text', default: '\'none\'' }, lacking: ROWS, holds: 'bool_and(mark = \'none\')' },
  {
    change: { kind: 'setNotNull', table: 'orders', column: 'note', value: '\'none of \' || id' },
    lacking: ROWS / 3,
    holds: 'bool_and(note = CASE id % 3 WHEN 1 THEN \'none of \' || id ELSE \'x\' || id % 3 END)',
  },
  { change: { kind: 'addCheck', table: 'orders', constraint: 'counted', check: 'quantity >= 0' } },
  { change: { kind: 'addForeignKey', table: 'orders', constraint: 'of', columns: ['customer_id'], references: { table: 'customers', columns: ['id'] } } },
  { change: { kind: 'addUnique', table: 'orders', constraint: 'once', columns: ['id', 'status'] } },
  { change: { kind: 'createIndex', table: 'orders', index: 'by_status', columns: ['status'], where: 'status <> \'new\'' } },
  { change: { kind: 'dropColumn', table: 'orders', column: 'quantity' } },
  { change: { kind: 'dropTable', table: 'customers' } },
];

/** What is half done when it ends: as often as all others together. */
const BUILT = CASES.filter(({ change }) => change.kind === 'addUnique' || change.kind === 'createIndex');

const SETTINGS = { ...DEFAULT_RUN_SETTINGS, quiet: '0s', smallestBatch: 100, largestBatch: 100, vacuumAfterShare: 0.2 };

let server: PostgresServer;
let client: Client;
let other: Client;
let isEnding = false;
let neighbour: Promise<unknown>;

beforeAll(async () => {
  server = await PostgresServer.start();
  client = await server.connect();
  other = await server.connect();
}, 60_000);

afterAll(async () => {
  isEnding = true;
  await neighbour;
  await server?.stop();
});

async function given(): Promise<void> {
  await emptied(client);
  await client.query(GIVEN);
}

/** Short transactions, one after another: a build of an index waits for those that are older. */
async function transactions(): Promise<void> {
  const session = await server.connect();
  while (!isEnding) {
    await session.query('BEGIN; SELECT txid_current(); SELECT pg_sleep(0.02); COMMIT');
  }
}

/** Runs up to a goal in session after session; each is killed, until there have been enough points. */
async function killed(change: Change, goal: Goal, random: Random, points: string[]): Promise<Outcome> {
  for (let sessions = 0; sessions < POINTS; sessions += 1) {
    const share = change.kind === 'addColumn' || 'from' in change || change.kind === 'setNotNull' ? 25 : 4;
    const connection = await server.connect();
    const session = new KilledSession(connection, other, random, points.length < POINTS ? share : Infinity);
    let last: Outcome | undefined;
    try {
      const run = { phases: phasesOf('a change', change), goal, settings: SETTINGS, sleep: async (pause: number) => sleep(Math.min(pause, 10)) };
      for await (const outcome of runPhases(session, run)) {
        last = outcome;
      }
      if (session.killedIn === undefined) {
        return last!;
      }
    } catch (error) {
      if (!isEnd(error)) {
        throw error;
      }
    } finally {
      await connection.end().catch(() => undefined);
    }
    points.push(session.killedIn ?? 'nothing');
  }
  throw new Error(`${change.kind} does not come to ${goal}`);
}

async function isTrue(sql: string): Promise<boolean> {
  return (await client.query<{ holds: boolean }>(`SELECT (SELECT ${sql}) AS holds`)).rows[0].holds;
}

/** The units of the phases that ended, as the ledger has them and as they were declared. */
async function units(change: Change, phases: readonly ('expand' | 'complete' | 'contract')[]): Promise<readonly [readonly string[], readonly string[]]> {
  const { rows } = await client.query<{ title: string }>('SELECT title FROM zero_downtime.unit_done WHERE phase = ANY ($1) ORDER BY array_position($1, phase), position', [phases]);
  const declared = phasesOf('a change', change);
  return [rows.map(({ title }) => title), phases.flatMap((phase) => declared[phase].map(({ title }) => title))];
}

test(`whoever is killed at any of ${POINTS} points is followed by one who ends what was begun`, async () => {
  const seed = Random.seed();
  const random = new Random(seed);
  const points: string[] = [];
  neighbour = transactions();
  await given();
  const before = await shapeOf(client);
  const ends = new Map<Case, readonly string[]>();
  for (const each of CASES) {
    await given();
    await taken(server, 'a change', each.change, 'contract');
    ends.set(each, await shapeOf(client));
  }
  let lost = 0;
  const migrations = { contract: 0, abort: 0 };
  for (let round = 0; points.length < POINTS; round += 1) {
    const each = random.of(round % 2 === 0 ? CASES : BUILT);
    const goal = random.below(3) === 0 ? 'abort' : 'contract';
    migrations[goal] += 1;
    await given();
    await killed(each.change, random.of<Goal>(['expanded', 'ready']), random, points);
    const last = await killed(each.change, goal, random, points);
    const context = `${each.change.kind} to ${goal}, seed ${seed}`;
    expect([context, last.state, last.note]).toEqual([context, 'done', expect.any(String)]);
    expect([context, ...await shapeOf(client)]).toEqual([context, ...goal === 'abort' ? before : ends.get(each)!]);
    if (goal === 'contract') {
      const [done, declared] = await units(each.change, ['expand', 'complete', 'contract']);
      expect(done).toEqual(declared);
      lost += each.holds === undefined || await isTrue(`${each.holds} FROM orders`) ? 0 : 1;
      const { rows } = await client.query<{ written: number }>('SELECT rows_written::integer AS written FROM zero_downtime.walk WHERE phase = \'backfill\'');
      expect([context, ...rows]).toEqual([context, ...each.lacking === undefined ? [] : [{ written: each.lacking }]]);
    }
    lost += await isTrue(`count(*) = ${ROWS} FROM orders`) ? 0 : 1;
  }
  const counts = [...new Set(points)].sort().map((kind) => `${points.filter((point) => point === kind).length} in ${kind}`).join(', ');
  console.info(`${points.length} points, ${lost} lost (${counts}; ${migrations.contract} migrations to the end, ${migrations.abort} back; seed ${seed})`);
  expect(lost).toBe(0);
});
