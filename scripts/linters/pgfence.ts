import { Bisection } from './bisection';
import { fromNpm } from './installed';
import type { OtherLinter } from './other-linter';
import { run } from './program';
import { RuleChoice } from './rule-choice';
import { warnedIn, type Warning } from './statement-files';
import type { Judged } from '../../test/support/migrations/judge';

const VERSION = '0.1.5';

/** By the messages of its rules, as they have no pages. That serial columns are written to every row is not what it warns of in them. */
const RULES = new RuleChoice('pgfence', [
  'add-column-default-pre-pg11', 'add-column-non-constant-default', 'add-column-not-null-no-default', 'add-column-stored-generated',
  'add-constraint-check-no-not-valid', 'add-constraint-exclude', 'add-constraint-fk-no-not-valid', 'add-constraint-unique', 'add-pk-without-using-index',
  'alter-column-set-not-null', 'alter-column-type', 'create-index-not-concurrent', 'vacuum-full',
], [
  'add-column-constant-default', 'add-column-json', 'add-column-serial', 'add-constraint-unique-using-index', 'add-pk-using-index',
  'delete-without-where', 'drop-column', 'drop-index-not-concurrent', 'drop-table', 'prefer-bigint-over-int', 'prefer-robust-create-index',
  'prefer-robust-create-table', 'prefer-robust-drop-index', 'prefer-robust-drop-table', 'prefer-text-field', 'prefer-timestamptz', 'rename-column',
  'rename-table', 'truncate', 'truncate-cascade', 'validate-constraint',
]);

interface Report {
  readonly results: ReadonlyArray<{ readonly filePath: string; readonly checks: ReadonlyArray<{ readonly ruleId: string; readonly risk: string }> }>;
}

/** pgfence, as npm has it. */
export class Pgfence implements OtherLinter {
  static install(): Pgfence {
    return new Pgfence(fromNpm('@flvmnt/pgfence', VERSION, 'pgfence'));
  }

  readonly version = VERSION;
  readonly given = 'the version of PostgreSQL';
  private readonly bisection = new Bisection();

  private constructor(private readonly program: string) {}

  async hazardsOf(judged: readonly Judged[], major: number): Promise<readonly boolean[]> {
    return warnedIn(judged.map(({ statement }) => statement), RULES, (folder, files) =>
      this.bisection.warningsIn(files, (left) => this.warningsIn(folder, left.map(({ name }) => name), major)));
  }

  private warningsIn(folder: string, names: readonly string[], major: number): readonly Warning[] | undefined {
    const { status, stdout, stderr } = run(this.program, ['analyze', '--format', 'sql', '--output', 'json', '--min-pg-version', `${major}`, ...names], folder);
    if (status === 0) {
      const { results } = JSON.parse(stdout) as Report;
      // What it finds at the risk LOW is what it says is quick.
      return results.flatMap(({ filePath: file, checks }) => checks.filter(({ risk }) => risk !== 'LOW').map(({ ruleId: rule }) => ({ file, rule })));
    }
    if (stderr.includes('syntax error')) {
      return undefined;
    }
    throw new Error(`pgfence ended with ${status}: ${stderr.trim()}`);
  }
}
