import { BadInput } from './bad-input';
import { readChanges } from './changes-file';
import type { CommandIo } from './command-io';
import { ExitCode } from './exit-code';
import { connected, type LoadDriver } from './migrations-database';
import { RunProgress } from './run-progress';
import { nameOf } from '../expand-contract/phases/name';
import { phasesOf } from '../expand-contract/phases/phases-of';
import type { Goal, Outcome } from '../expand-contract/run/outcome';
import { runPhases, type Run, type Session } from '../expand-contract/run/run-phases';
import { LOSS_ADVICE } from '../expand-contract/run/server-advice';
import { DEFAULT_RUN_SETTINGS, type RunSettings } from '../expand-contract/run/settings';
import { millisecondsOf } from '../migrations/session';
import { loadSqlParser } from '../migrations/sql/sql-parser';
import { quoted } from '../reading/quoted';

/** The options of `migrations run` and `migrations abort`. */
export interface RunOptions {
  readonly database: string;
  readonly format: 'text' | 'json';
  readonly to: Exclude<Goal, 'abort' | 'baseline'>;
  readonly needsApproval?: boolean;
  readonly quiet?: string;
  readonly service?: string;
  readonly epoch?: string;
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
  const settings = settingsOf(options);
  const changes = readChanges(path, loadSqlParser());
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
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  return `${message ?? 'unknown'}${code === undefined ? '' : ` (${code})`}; ${LOSS_ADVICE}`;
}

function settingsOf({ quiet, service, epoch, needsApproval = false }: Pick<RunOptions, 'quiet' | 'service' | 'epoch' | 'needsApproval'>): RunSettings {
  if (quiet !== undefined && millisecondsOf(quiet) === undefined) {
    throw BadInput.of('--quiet', `${quoted(quiet)} must be a time as PostgreSQL writes it, for example 1h`);
  }
  if ((service === undefined) !== (epoch === undefined)) {
    throw BadInput.of('--service', 'a service and an epoch must be given together: sessions are told by the application_name SERVICE@EPOCH');
  }
  if (epoch !== undefined && !/^[1-9]\d{0,8}$/.test(epoch)) {
    throw BadInput.of('--epoch', `${quoted(epoch)} must be a whole number from 1 to 999999999`);
  }
  return { ...DEFAULT_RUN_SETTINGS, quiet: quiet ?? DEFAULT_RUN_SETTINGS.quiet, service, epoch: epoch === undefined ? undefined : Number(epoch), needsApproval };
}
