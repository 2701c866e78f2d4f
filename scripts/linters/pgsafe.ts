import { fromCargo } from './installed';
import type { OtherLinter } from './other-linter';
import { jsonOf } from './program';
import { RuleChoice } from './rule-choice';
import { warnedIn } from './statement-files';
import type { Judged } from '../../test/support/migrations/judge';

const VERSION = '0.11.0';

/** By the messages of its rules. Rules that are off until a project asks for them are about names and design, and stay off. */
const RULES = new RuleChoice('pgsafe', [
  'add-check-without-not-valid', 'add-column-generated-stored', 'add-column-identity', 'add-column-not-null-no-default', 'add-column-serial',
  'add-column-volatile-default', 'add-domain-constraint-without-not-valid', 'add-domain-not-null', 'add-exclusion-constraint', 'add-fk-without-not-valid',
  'add-index-non-concurrent', 'add-primary-key-without-index', 'add-unique-constraint', 'alter-column-type', 'attach-partition',
  'refresh-matview-non-concurrent', 'reindex-non-concurrent', 'set-access-method', 'set-logged-unlogged', 'set-not-null', 'vacuum-full-cluster',
], [
  'add-trigger', 'concurrently-in-transaction', 'detach-partition-non-concurrent', 'drop-column', 'drop-constraint', 'drop-database',
  'drop-index-non-concurrent', 'drop-not-null', 'drop-table', 'enum-value-used-in-transaction', 'fk-without-covering-index', 'identifier-too-long',
  'prefer-bigint-primary-key', 'prefer-identity', 'prefer-jsonb', 'rename', 'require-timeout', 'truncate', 'unchecked-do-block',
]);

interface Report {
  readonly files: ReadonlyArray<{ readonly file: string; readonly findings: ReadonlyArray<{ readonly rule_id: string }> }>;
}

/** pgsafe, as crates.io has it. */
export class Pgsafe implements OtherLinter {
  static install(): Pgsafe {
    return new Pgsafe(fromCargo('pgsafe', VERSION));
  }

  readonly version = VERSION;
  readonly given = 'nothing';

  private constructor(private readonly program: string) {}

  async hazardsOf(judged: readonly Judged[]): Promise<readonly boolean[]> {
    return warnedIn(judged.map(({ statement }) => statement), RULES, (folder, files) => {
      const { files: found } = jsonOf<Report>(this.program, ['--no-config', '--format', 'json', ...files.map(({ name }) => name)], folder);
      return found.flatMap(({ file, findings }) => findings.map(({ rule_id: rule }) => ({ file, rule })));
    });
  }
}
