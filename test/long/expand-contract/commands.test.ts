import type { Client } from 'pg';
import { emptied, sleep } from './taken';
import type { CommandChange, OutsideChange, PgrollChange } from '../../../src/expand-contract/phases/outside-change';
import { phasesOf } from '../../../src/expand-contract/phases/phases-of';
import type { Goal, Outcome } from '../../../src/expand-contract/run/outcome';
import { runPhases } from '../../../src/expand-contract/run/run-phases';
import { sessionOf } from '../../../src/expand-contract/run/session';
import { DEFAULT_RUN_SETTINGS } from '../../../src/expand-contract/run/settings';
import { PostgresServer } from '../../support/postgres/server';

const COMMAND: CommandChange = { kind: 'command', image: 'engine:1', command: ['engine', 'v2'] };
const DROPPING: CommandChange = { ...COMMAND, contracts: true };
const PGROLL: PgrollChange = { kind: 'pgroll', image: 'pgroll:1', name: '02_state', schema: 'public', migration: '{"operations":[{}]}' };

let server: PostgresServer;
let client: Client;

beforeAll(async () => {
  server = await PostgresServer.start();
  client = await server.connect();
  await client.query('SET application_name = \'test\'');
}, 60_000);

afterAll(() => server?.stop());

beforeEach(() => emptied(client));

/** Asks until the answer ends, or has been to wait so many times. */
async function asked(change: OutsideChange, goal: Goal, settings: object = {}): Promise<Outcome[]> {
  const session = await server.connect();
  await session.query('SET application_name = \'asking\'');
  const outcomes: Outcome[] = [];
  const run = { phases: phasesOf('it', change), goal, settings: { ...DEFAULT_RUN_SETTINGS, quiet: '0s', service: 'shop', epoch: 2, ...settings }, sleep: async () => undefined };
  for await (const outcome of runPhases(sessionOf(session), run)) {
    outcomes.push(outcome);
    if (outcome.state === 'wait') {
      break;
    }
  }
  await session.end();
  return outcomes;
}

const told = async (...args: Parameters<typeof asked>) => {
  const last = (await asked(...args)).at(-1)!;
  return [last.state, last.note];
};
const phase = async () => (await client.query<{ phase: string }>('SELECT phase FROM zero_downtime.migration')).rows[0].phase;
const least = async () => (await client.query<{ least: number | null }>('SELECT max(least_epoch) AS least FROM zero_downtime.service')).rows[0].least;

const WAITS = ['wait', 'the command it has not ended yet'];
const DUE = ['due', 'the command it is due'];

test.each<Goal>(['expanded', 'ready', 'contract'])('whoever wants it %s waits until it has ended', async (goal) => {
  expect(await told(COMMAND, goal)).toEqual(WAITS);
  expect(await told(COMMAND, 'command')).toEqual(DUE);
  expect(await told(COMMAND, goal)).toEqual(WAITS);
  expect(await told(COMMAND, 'expand-ended')).toEqual(['done', 'the ledger knows it already']);
  expect((await told(COMMAND, goal))[0]).toBe('done');
});

test('is due as long as nobody has told that it has ended, and is told once', async () => {
  expect(await told(COMMAND, 'command')).toEqual(DUE);
  expect(await told(COMMAND, 'command')).toEqual(DUE);
  expect((await asked(COMMAND, 'expand-ended')).map(({ note }) => note)).toEqual(['the command it has ended', 'the ledger knows it already']);
  expect((await asked(COMMAND, 'expand-ended')).map(({ note }) => note)).toEqual(['the ledger knows it already']);
  expect(await told(COMMAND, 'command')).toEqual(['done', 'both versions find what they need']);
  expect(await phase()).toBe('complete');
  expect((await told(COMMAND, 'ready'))[0]).toBe('done');
  expect(await phase()).toBe('ready');
});

test('is not due while a session of its name is there', async () => {
  const running = await server.connect();
  await running.query('SET application_name = \'it\'');
  const [state, note] = await told(COMMAND, 'command');
  expect([state, note]).toEqual(['wait', expect.stringMatching(/^the command it is being run by session \d+$/)]);
  await running.end();
  await sleep(200);
  expect(await told(COMMAND, 'command')).toEqual(DUE);
});

describe('what drops the old shape', () => {
  test('is nothing that expands, and is due when the old version is gone', async () => {
    expect((await told(DROPPING, 'ready'))[0]).toBe('done');
    const old = await server.connect();
    await old.query('SET application_name = \'shop@1\'');
    expect(await told(DROPPING, 'contract')).toEqual(['unmet', expect.stringContaining('of shop@1 is there')]);
    expect([await phase(), await least()]).toEqual(['ready', null]);
    await old.end();
    await sleep(200);
    expect(await told(DROPPING, 'contract')).toEqual(DUE);
    expect([await phase(), await least()]).toEqual(['contract', 2]);
  });

  test('waits for as long as nobody may have needed it', async () => {
    expect(await told(DROPPING, 'contract', { quiet: '1h' })).toEqual(['unmet', expect.stringContaining('and 01:00:00 are waited')]);
    expect(await least()).toBeNull();
  });

  test('is asked for its evidence once more after older versions were ended, and each time until it has ended', async () => {
    expect(await told(DROPPING, 'contract')).toEqual(DUE);
    const late = await server.connect();
    await late.query('SET application_name = \'shop@1\'');
    expect((await told(DROPPING, 'contract'))[0]).toBe('unmet');
    await late.end();
    await sleep(200);
    expect(await told(DROPPING, 'contract')).toEqual(DUE);
    expect((await told(DROPPING, 'contract-ended'))[0]).toBe('done');
    expect((await told(DROPPING, 'contract'))).toEqual(['done', 'the old shape is gone']);
    expect(await phase()).toBe('contracted');
  });

  test('ends nobody where it is told by no service', async () => {
    expect(await told(DROPPING, 'contract', { service: undefined, epoch: undefined })).toEqual(DUE);
    expect(await least()).toBeNull();
  });
});

test('pgroll is due twice, and what one has ended the other has not', async () => {
  expect(await told(PGROLL, 'contract')).toEqual(['wait', 'pgroll start 02_state has not ended yet']);
  expect(await told(PGROLL, 'command')).toEqual(['due', 'pgroll start 02_state is due']);
  await told(PGROLL, 'contract-ended');
  expect(await told(PGROLL, 'command')).toEqual(['due', 'pgroll start 02_state is due']);
  await told(PGROLL, 'expand-ended');
  expect((await told(PGROLL, 'ready'))[0]).toBe('done');
  expect(await told(PGROLL, 'contract')).toEqual(['due', 'pgroll complete 02_state is due']);
  await told(PGROLL, 'expand-ended');
  expect(await told(PGROLL, 'contract')).toEqual(['due', 'pgroll complete 02_state is due']);
  await told(PGROLL, 'contract-ended');
  expect(await told(PGROLL, 'contract')).toEqual(['done', 'the old shape is gone']);
});

test('what was aborted is not due', async () => {
  expect((await told(COMMAND, 'abort'))[0]).toBe('done');
  expect(await told(COMMAND, 'command')).toEqual(['failed', 'it was aborted: give the next attempt a name of its own']);
});
