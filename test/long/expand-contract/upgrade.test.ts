import type { Client } from 'pg';
import { lastOf, sleep, taken } from './taken';
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
