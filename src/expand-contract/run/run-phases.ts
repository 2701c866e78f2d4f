import { createHash } from 'crypto';
import type { Goal, Outcome } from './outcome';
import type { RunSettings } from './settings';
import { quoteLiteral } from '../../sql/quote';
import { INSTALL } from '../ledger/install';
import type { Phases } from '../phases/phases';

/** A session of a server; each call is a statement, or several, in one message. */
export interface Session {
  query(sql: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
}

/** Milliseconds between two tries to be the one that runs a migration. */
const POLL = 500;

/** What is to be run, and how. */
export interface Run {
  readonly phases: Phases;
  readonly goal: Goal;
  readonly settings: RunSettings;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/**
 * Takes a migration up to a goal, and tells of each step; whatever ended it before, it goes on from there.
 *
 * One session runs it at a time: others wait here, by trying. To wait within the server would stop a concurrent build of an index, which waits for
 * every transaction that is older, and both would be ended as a deadlock.
 */
export async function* runPhases(session: Session, { phases, goal, settings, sleep }: Run): AsyncGenerator<Outcome> {
  // What a role is set to is for its programs: a batch is bounded by its size, and a build takes as long as it takes.
  await session.query('SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0');
  await install(session);
  const lock = `SELECT pg_try_advisory_lock(zero_downtime.runner_lock(${quoteLiteral(phases.name)})) AS taken`;
  while ((await session.query(lock))[0].taken !== true) {
    yield { state: 'wait', statement: null, pause: POLL, note: 'another session runs this migration', done: null, total: null };
    await sleep(POLL);
  }
  try {
    await session.query('SELECT zero_downtime.declare($1, $2, $3)', [phases.name, contentHashOf(phases), JSON.stringify(phases)]);
    for (;;) {
      const outcome = await advance(session, phases.name, goal, settings);
      yield outcome;
      if (outcome.state === 'done' || outcome.state === 'unmet' || outcome.state === 'failed') {
        return;
      }
      if (outcome.statement !== null) {
        await session.query(outcome.statement);
      }
      if (outcome.pause > 0) {
        await sleep(outcome.pause);
      }
    }
  } finally {
    // A connection that is lost has lost the lock too.
    await session.query(lock.replace('pg_try_advisory_lock', 'pg_advisory_unlock')).catch(() => undefined);
  }
}

/** Tells one content from another: what was run in part must not become something else. */
export function contentHashOf(phases: Phases): string {
  return createHash('sha256').update(JSON.stringify(phases)).digest('hex').slice(0, 16);
}

const INSTALLED = createHash('sha256').update(INSTALL).digest('hex').slice(0, 16);

async function install(session: Session): Promise<void> {
  const [{ version }] = await session.query('SELECT obj_description(to_regnamespace(\'zero_downtime\'), \'pg_namespace\') AS version');
  if (version !== INSTALLED) {
    // In one message: the server runs it as one transaction.
    await session.query(`${INSTALL}\nCOMMENT ON SCHEMA zero_downtime IS ${quoteLiteral(INSTALLED)}`);
  }
}

async function advance(session: Session, name: string, goal: Goal, settings: RunSettings): Promise<Outcome> {
  const [row] = await session.query('SELECT * FROM zero_downtime.advance($1, $2, $3)', [name, goal, JSON.stringify(settings)]);
  const number = (value: unknown) => value === null ? null : Number(value);
  return { ...row as unknown as Outcome, done: number(row.done), total: number(row.total) };
}
