import { fromPip } from './installed';
import type { OtherLinter } from './other-linter';
import { jsonOf } from './program';
import { RuleChoice } from './rule-choice';
import { warnedIn } from './statement-files';
import type { Judged } from '../../test/support/migrations/judge';

const VERSION = '1.3.0';

/** By what its rules say of themselves, with how long each says that its lock is held. */
const RULES = new RuleChoice('safemigrate-lint', [
  'access-method-change-rewrites', 'add-non-nullable-without-default', 'column-type-change-rewrites-table', 'concurrent-index-create-required',
  'concurrent-reindex-required', 'constraint-not-valid-required', 'identity-column-add-rewrites', 'nullable-to-non-nullable-may-fail',
  'pk-constraint-exclusive-lock', 'refresh-matview-blocks-reads', 'stored-generated-column-rewrites', 'table-logging-mode-rewrites',
  'unique-constraint-data-dependent', 'unique-constraint-exclusive-lock', 'volatile-default-rewrites-table',
], [
  'analyzer-blind-on-dynamic-sql', 'bigint-over-int-preferred', 'char-column-banned', 'concurrent-index-drop-required',
  'concurrent-partition-detach-required', 'constraint-dropped-warning', 'drop-column-restricted', 'drop-database-restricted', 'drop-table-restricted',
  'enum-value-ordering-required', 'identity-over-serial-preferred', 'index-concurrent-in-transaction-banned', 'index-no-duplicate-column',
  'prefer-robust-stmts', 'rename-column-warning', 'rename-table-warning', 'syntax-error', 'text-over-varchar-preferred', 'timeout-settings-required',
  'timestamptz-over-timestamp-preferred', 'transaction-nesting-banned', 'trigger-add-blocks-writes', 'truncate-cascade-banned',
  'uncommitted-transaction-banned', 'update-delete-row-scope',
]);

/** safemigrate-lint, as PyPI has it. */
export class SafemigrateLint implements OtherLinter {
  static install(): SafemigrateLint {
    return new SafemigrateLint(fromPip('safemigrate-lint', VERSION));
  }

  readonly version = VERSION;
  readonly given = 'nothing';

  private constructor(private readonly program: string) {}

  async hazardsOf(judged: readonly Judged[]): Promise<readonly boolean[]> {
    return warnedIn(judged.map(({ statement }) => statement), RULES, (folder, files) => {
      const found = jsonOf<ReadonlyArray<{ readonly file: string; readonly rule_id: string }>>(this.program, files.map(({ name }) => name), folder);
      return found.map(({ file, rule_id: rule }) => ({ file, rule }));
    });
  }
}
