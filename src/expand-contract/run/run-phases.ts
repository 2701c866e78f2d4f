import type { Goal, Outcome } from './outcome';
import { passes, refusalOf, refusalText, type Refusal } from './refusal';
import { PREPARE_SESSION, type Session } from './session';
import type { RunSettings } from './settings';
import { quoteLiteral } from '../../sql/quote';
import { INSTALL, IS_INSTALLED } from '../ledger/install';
import type { DeclaredPhases } from '../phases/phases';

export type { Session } from './session';

/** Milliseconds between two tries to be the one that runs a migration. */
const POLL = 500;
/** Milliseconds before a statement that met a deadlock is tried again. */
const AGAIN = 1000;

/** What ends a run: of a command that is due, whoever can run it goes on. */
const ENDS: ReadonlySet<Outcome['state']> = new Set(['due', 'done', 'unmet', 'failed']);

/** What is to be run, and how. */
export interface Run {
  readonly phases: DeclaredPhases;
  readonly goal: Goal;
  readonly settings: RunSettings;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/**
 * Takes a migration up to a goal, and tells of each step; whatever ended it before, it goes on from there.
 *
 * What the server refuses is told as an outcome. A connection that is lost is thrown: what was done then is known to the next who asks.
 */
export async function* runPhases(session: Session, run: Run): AsyncGenerator<Outcome> {
  try {
    yield* prepared(session, run);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) {
      throw error;
    }
    yield told('failed', refusalText(refusal));
  }
}

/**
 * One session runs a migration at a time: others wait here, by trying. To wait within the server would stop a concurrent build of an index, which
 * waits for every transaction that is older, and both would be ended as a deadlock.
 */
async function* prepared(session: Session, run: Run): AsyncGenerator<Outcome> {
  const { phases, sleep } = run;
  await session.query(PREPARE_SESSION);
  await install(session, sleep);
  const key = `zero_downtime.runner_lock(${quoteLiteral(phases.name)})`;
  for (;;) {
    const [{ taken, holder }] = await session.query(`SELECT pg_try_advisory_lock(${key}) AS taken, zero_downtime.runner_of(${quoteLiteral(phases.name)}) AS holder`);
    if (taken === true) {
      break;
    }
    yield told('wait', `another session runs this migration: ${String(holder)}`, POLL);
    await sleep(POLL);
  }
  try {
    await session.query('SELECT zero_downtime.declare($1, $2, $3)', [phases.name, phases.contents, JSON.stringify(phases)]);
    yield* steps(session, run);
  } finally {
    await unlock(session, key);
  }
}

async function* steps(session: Session, { phases, goal, settings, sleep }: Run): AsyncGenerator<Outcome> {
  for (;;) {
    const outcome = await advance(session, phases.name, goal, settings);
    yield outcome;
    if (ENDS.has(outcome.state)) {
      return;
    }
    const refusal = outcome.statement === null ? undefined : await refused(session, outcome.statement);
    if (refusal !== undefined && isFinal(refusal, outcome)) {
      await removeLeftover(session, { phases, goal, settings });
      yield told('failed', `${outcome.note}: ${refusalText(refusal)}`);
      return;
    }
    if (refusal !== undefined) {
      yield told('wait', `${outcome.note}: ${refusalText(refusal)}; once more`, AGAIN);
    }
    await sleep(refusal === undefined ? outcome.pause : AGAIN);
  }
}

/** A vacuum is for others' sake, and not what the migration needs. */
function isFinal(refusal: Refusal, { statement }: Outcome): boolean {
  return !passes(refusal) && statement?.startsWith('VACUUM') !== true;
}

/** A unique index whose build has failed refuses rows of programs all the same: it goes at once, and not when somebody tries again. */
async function removeLeftover(session: Session, { phases, goal, settings }: Omit<Run, 'sleep'>): Promise<void> {
  const { statement } = await advance(session, phases.name, goal, settings);
  if (statement?.startsWith('DROP INDEX') === true) {
    await refused(session, statement);
  }
}

async function refused(session: Session, statement: string): Promise<Refusal | undefined> {
  try {
    await session.query(statement);
    return undefined;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) {
      throw error;
    }
    return refusal;
  }
}

/** A connection that is lost has lost the lock too; a pooler may have given it to another one, which may come next. */
async function unlock(session: Session, key: string): Promise<void> {
  for (let tries = 0; tries < 3; tries += 1) {
    const [row] = await session.query(`SELECT pg_advisory_unlock(${key}) AS given`).catch(() => [{ given: true }]);
    if (row.given === true) {
      return;
    }
  }
}

async function install(session: Session, sleep: Run['sleep']): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const [{ installed }] = await session.query(`SELECT ${IS_INSTALLED} AS installed`);
    if (installed === true) {
      return;
    }
    try {
      // In one message: the server runs it as one transaction.
      await session.query(INSTALL);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined || !passes(refusal) || tries === 5) {
        throw error;
      }
      await sleep(AGAIN);
    }
  }
}

async function advance(session: Session, name: string, goal: Goal, settings: RunSettings): Promise<Outcome> {
  const [row] = await session.query('SELECT * FROM zero_downtime.advance($1, $2, $3)', [name, goal, JSON.stringify(settings)]);
  const number = (value: unknown) => value === null ? null : Number(value);
  return { ...row as unknown as Outcome, done: number(row.done), total: number(row.total) };
}

function told(state: Outcome['state'], note: string, pause = 0): Outcome {
  return { state, statement: null, pause, note, done: null, total: null };
}
