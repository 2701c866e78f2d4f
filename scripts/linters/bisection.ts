import type { StatementFile, Warning } from './statement-files';

/**
 * Asks a linter that ends at the first file it cannot parse, and then says nothing of the others: by halves, until each such file stands
 * alone. What was found so is remembered, as another version of PostgreSQL does not change the linter's parser.
 */
export class Bisection {
  private readonly refused = new Set<string>();

  /** What it warns of in the files that it can parse; `lint` gives nothing if one of the files cannot be. */
  warningsIn(files: readonly StatementFile[], lint: (files: readonly StatementFile[]) => readonly Warning[] | undefined): readonly Warning[] {
    const left = files.filter(({ statement }) => !this.refused.has(statement));
    const warnings = left.length === 0 ? [] : lint(left);
    if (warnings !== undefined) {
      return warnings;
    }
    if (left.length === 1) {
      this.refused.add(left[0].statement);
      return [];
    }
    const middle = Math.ceil(left.length / 2);
    return [...this.warningsIn(left.slice(0, middle), lint), ...this.warningsIn(left.slice(middle), lint)];
  }
}
