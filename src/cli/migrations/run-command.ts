import { readChanges } from './changes-file';
import { judgedChanges } from './changes-judged';
import { RunProgress } from './run-progress';
import { transportText } from '../../analysis/transport-text';
import { nameOf } from '../../expand-contract/phases/name';
import { phasesOf } from '../../expand-contract/phases/phases-of';
import type { Goal, Outcome } from '../../expand-contract/run/outcome';
import type { CommandIo } from '../command-io';
import { ExitCode } from '../exit-code';
import { connected, type LoadDriver } from './database';
import { runSettingsOf, type RunSettingsOptions } from './run-settings';
import { runPhases, type Run, type Session } from '../../expand-contract/run/run-phases';
import { LOSS_ADVICE } from '../../expand-contract/run/server-advice';
import { loadSqlParser } from '../../migrations/sql/sql-parser';

/** The options of `migrations run` and `migrations abort`. */
export interface RunOptions extends RunSettingsOptions {
  readonly database: string;
  readonly format: 'text' | 'json';
  readonly to: Exclude<Goal, 'abort' | 'baseline'>;
}

/** What a run meets outside. */
export interface RunOutside {
  readonly load?: LoadDriver;
  readonly sleep: Run['sleep'];
}

const OUTSIDE: RunOutside = { sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)) };

/** `zero-downtime migrations run` and `abort`: takes changes of the schema forward, or back. */
export async function runMigrations(
  path: string, options: Omit<RunOptions, 'to'> & { readonly to: Goal }, io: CommandIo, outside = OUTSIDE,
): Promise<ExitCode> {
  const settings = runSettingsOf(options);
  const isForward = options.to !== 'abort' && options.to !== 'baseline';
  const changes = isForward ? judgedChanges(path, settings, options.ignore ?? []) : readChanges(path, loadSqlParser());
  const ordered = options.to === 'abort' ? [...changes].reverse() : changes;
  return connected(options.database, async (session) => {
    let code = ExitCode.OK;
    for (const change of ordered) {
      const phases = phasesOf(nameOf(change), change);
      const progress = new RunProgress(phases.name, options.format, io);
      const last = await told(session, { phases, goal: options.to, settings, sleep: outside.sleep }, progress);
      if (last.state === 'failed') {
        return ExitCode.FOUND;
      }
      code = last.state === 'unmet' ? ExitCode.UNKNOWN : code;
    }
    return code;
  }, outside.load);
}

/** Runs one, and tells of it. */
async function told(session: Session, run: Run, progress: RunProgress): Promise<Outcome> {
  let last: Outcome = { state: 'failed', statement: null, pause: 0, note: 'nothing was done', done: null, total: null };
  try {
    for await (const outcome of runPhases(session, run)) {
      last = outcome;
      progress.tell(outcome);
    }
  } catch (error) {
    last = { ...last, state: 'failed', note: reasonOf(error) };
    progress.tell(last);
  }
  return last;
}

/** What ended the connection, and what to do; never the statement, which may hold anything. */
function reasonOf(error: unknown): string {
  const { code, message, syscall } = error as { readonly code?: string; readonly message?: string; readonly syscall?: string };
  const reason = syscall === undefined ? `${message ?? 'unknown'}${code === undefined ? '' : ` (${code})`}` : transportText(error);
  return `${reason}; ${LOSS_ADVICE}`;
}
