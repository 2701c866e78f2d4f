import { COMMAND_SCRIPT } from './command-script';
import { LEND_SCRIPT } from './lend-script';
import { PGROLL_SCRIPT } from './pgroll-script';
import { RUN_SCRIPT } from './run-script';
import { STEP_SQL } from './step-script';
import { WAIT_SCRIPT, WAIT_SQL } from './wait-script';
import { quoteLiteral } from '../../sql/quote';
import { INSTALL } from '../ledger/install';
import type { DeclaredPhases } from '../phases/phases';
import type { RunSettings } from '../run/settings';

/** What a pod needs to ask the ledger whether its version may start. */
export const WAIT_FILES: Readonly<Record<string, string>> = { 'wait.sh': WAIT_SCRIPT, 'wait.sql': WAIT_SQL };

/** What Jobs need to run migrations with `sh` and `psql`, by the names of the files: `run.sh` reads the others beside it. */
export function jobFilesOf(migrations: readonly DeclaredPhases[], settings: RunSettings): Readonly<Record<string, string>> {
  return {
    'run.sh': RUN_SCRIPT,
    'step.sql': STEP_SQL,
    'install.sql': INSTALL,
    'settings.json': `${JSON.stringify(settings)}\n`,
    ...Object.fromEntries(migrations.map((phases) => [`${phases.name}.sql`, declareSql(phases)])),
  };
}

/** What pods need besides where commands of other engines run in images of their own; `pgroll.sh` reads the file of the migration beside it. */
export const COMMAND_FILES: Readonly<Record<string, string>> = { 'lend.sh': LEND_SCRIPT, 'command.sh': COMMAND_SCRIPT, 'pgroll.sh': PGROLL_SCRIPT };

/** Characters that JSON need not write out, and that parsers of YAML refuse or change. */
const UNSEEN = /[\u007f-\u009f\u2028\u2029\ufffe\uffff]/g;

/** Told in one literal, which nothing in it ends. */
function declareSql(phases: DeclaredPhases): string {
  const told = JSON.stringify(phases).replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const values = [phases.name, phases.contents, told];
  return `SELECT zero_downtime.declare(${values.map(quoteLiteral).join(', ')}::jsonb) AS phase \\gset\n`;
}
