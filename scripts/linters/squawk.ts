import { fromNpm } from './installed';
import type { OtherLinter } from './other-linter';
import { jsonOf } from './program';
import { RuleChoice } from './rule-choice';
import { warnedIn } from './statement-files';
import type { Judged } from '../../test/support/migrations/judge';

const VERSION = '2.66.0';

/** By the pages of its rules. */
const RULES = new RuleChoice('squawk', [
  'adding-field-with-default', 'adding-foreign-key-constraint', 'adding-not-nullable-field', 'adding-required-field', 'adding-serial-primary-key-field',
  'ban-alter-domain-with-add-constraint', 'changing-column-type', 'constraint-missing-not-valid', 'disallowed-unique-constraint', 'prefer-repack',
  'require-concurrent-index-creation', 'require-concurrent-reindex',
], [
  'ban-char-field', 'ban-concurrent-index-creation-in-transaction', 'ban-create-domain-with-constraint', 'ban-drop-column', 'ban-drop-database',
  'ban-drop-not-null', 'ban-drop-table', 'ban-truncate-cascade', 'ban-uncommitted-transaction', 'identifier-too-long', 'prefer-bigint-over-int',
  'prefer-bigint-over-smallint', 'prefer-identity', 'prefer-robust-stmts', 'prefer-text-field', 'prefer-timestamp-tz', 'renaming-column',
  'renaming-table', 'require-concurrent-index-deletion', 'require-concurrent-partition-detach', 'require-enum-value-ordering', 'require-lock-timeout',
  'require-statement-timeout', 'syntax-error', 'transaction-nesting',
]);

/** squawk, as npm has it. */
export class Squawk implements OtherLinter {
  static install(): Squawk {
    return new Squawk(fromNpm('squawk-cli', VERSION, 'squawk'));
  }

  readonly version = VERSION;
  readonly given = 'the version of PostgreSQL';

  private constructor(private readonly program: string) {}

  async hazardsOf(judged: readonly Judged[], major: number): Promise<readonly boolean[]> {
    return warnedIn(judged.map(({ statement }) => statement), RULES, (folder, files) => {
      const args = ['--reporter', 'json', '--pg-version', `${major}.0`, ...files.map(({ name }) => name)];
      const found = jsonOf<ReadonlyArray<{ readonly file: string; readonly rule_name: string }>>(this.program, args, folder);
      return found.map(({ file, rule_name: rule }) => ({ file, rule }));
    });
  }
}
