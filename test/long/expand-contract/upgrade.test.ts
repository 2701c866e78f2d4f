import type { Client } from 'pg';
import { lastOf, sleep, taken, takenBy } from './taken';
import { LEDGER_VERSION } from '../../../src/expand-contract/ledger/install';
import type { Change } from '../../../src/expand-contract/phases/change';
import type { DeclaredPhases } from '../../../src/expand-contract/phases/phases';
import { phasesOf } from '../../../src/expand-contract/phases/phases-of';
import type { Goal, Outcome } from '../../../src/expand-contract/run/outcome';
import { runPhases } from '../../../src/expand-contract/run/run-phases';
import { sessionOf } from '../../../src/expand-contract/run/session';
import { DEFAULT_RUN_SETTINGS } from '../../../src/expand-contract/run/settings';
import { PostgresServer } from '../../support/postgres/server';

let server: PostgresServer;
let client: Client;

beforeAll(async () => {
  server = await PostgresServer.start();
  client = await server.connect();
  await client.query('CREATE TABLE orders (id bigint PRIMARY KEY, status text); INSERT INTO orders SELECT n, \'new\' FROM generate_series(1, 100) n');
}, 60_000);

afterAll(() => server?.stop());

const RENAME: Change = { kind: 'renameColumn', table: 'orders', from: 'status', to: 'state' };

async function run(phases: DeclaredPhases, goal: Goal): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for await (const outcome of runPhases(sessionOf(client), { phases, goal, settings: { ...DEFAULT_RUN_SETTINGS, quiet: '0s' }, sleep })) {
    outcomes.push(outcome);
  }
  return lastOf(outcomes);
}

test('a change that an older version of the library began is ended by a newer one, which would write it in other SQL', async () => {
  await taken(server, 'renamed', RENAME, 'ready');
  const phases = phasesOf('renamed', RENAME);
  const newer = { ...phases, contract: [{ title: 'all at once', tables: [], sql: 'SELECT 1 / 0;' }] };
  // What was begun is ended as it was begun.
  expect(await run(newer, 'contract')).toMatchObject({ state: 'done', note: 'the old shape is gone' });
});

test('another change of the same name is refused, whatever its SQL', async () => {
  expect(await run({ ...phasesOf('renamed', { ...RENAME, to: 'other' }) }, 'ready')).toMatchObject({ state: 'failed', note: expect.stringContaining('was declared with other contents') });
});

describe('a ledger that another version of the library has installed', () => {
  const told = async () => (await client.query('SELECT obj_description(\'zero_downtime\'::regnamespace, \'pg_namespace\') AS version')).rows[0].version as string;
  const pause = async () => (await client.query<{ reason: string | null }>('SELECT zero_downtime.busy(\'orders\', \'{}\') AS reason')).rows[0].reason;

  beforeEach(async () => {
    await taken(server, 'any', RENAME, 'expanded');
    await client.query('CREATE OR REPLACE FUNCTION zero_downtime.busy(target text, settings jsonb) RETURNS text LANGUAGE sql AS $$ SELECT \'another one\'::text $$');
  });

  afterEach(async () => {
    await client.query('ALTER TABLE orders DROP COLUMN IF EXISTS state; DROP SCHEMA zero_downtime CASCADE');
  });

  test.each(['0 abc', 'abc', ''])('is replaced where it is an older one, called %j', async (version) => {
    await client.query(`COMMENT ON SCHEMA zero_downtime IS '${version}'`);
    await taken(server, 'any', RENAME, 'expanded');
    expect([await told(), await pause()]).toEqual([LEDGER_VERSION, null]);
  });

  test('is left as it is where it is a newer one, and is worked with', async () => {
    await client.query('COMMENT ON SCHEMA zero_downtime IS \'999999999 abc\'');
    expect(lastOf(await taken(server, 'any', RENAME, 'abort'))).toMatchObject({ state: 'done', note: 'everything is as it was before' });
    expect([await told(), await pause()]).toEqual(['999999999 abc', 'another one']);
  });

  test('is asked for again where a newer one was installed in the meantime', async () => {
    await client.query('COMMENT ON SCHEMA zero_downtime IS \'0 abc\'');
    const session = sessionOf(client);
    let isFirst = true;
    const late = {
      query: async (sql: string, values?: readonly unknown[]) => {
        const rows = await session.query(sql, values);
        if (isFirst && sql.endsWith('AS installed')) {
          isFirst = false;
          await client.query('COMMENT ON SCHEMA zero_downtime IS \'999999999 abc\'');
        }
        return rows;
      },
    };
    const outcomes = await takenBy(late, 'any', RENAME, 'abort');
    expect([isFirst, lastOf(outcomes).state, await told(), await pause()]).toEqual([false, 'done', '999999999 abc', 'another one']);
  });
});
