/**
 * Which rules of a linter count as warnings of work under a lock. A rule counts if its own documentation says that what it warns of writes,
 * reads or indexes the rows of a table, or of a materialized view, while it is locked. What is left out is about locks alone, about what
 * programs or transactions meet, about timeouts, or about style. A rule on columns that are required at once counts with all of them: what it
 * warns of is mostly refused, which is not compared, and of the rest the server reads or writes every row.
 */
export class RuleChoice {
  constructor(private readonly linter: string, private readonly counted: readonly string[], private readonly leftOut: readonly string[]) {
    const twice = counted.filter((rule) => leftOut.includes(rule));
    if (twice.length > 0) {
      throw new Error(`the rules ${twice.join(', ')} of ${linter} are both counted and left out; name each in one list`);
    }
  }

  /** Whether a rule counts; a rule that nobody has placed, as a new version may bring, is no rule to leave out in silence. */
  counts(rule: string): boolean {
    if (!this.counted.includes(rule) && !this.leftOut.includes(rule)) {
      throw new Error(`${this.linter} has a rule ${rule} that is neither counted nor left out; name it in the file of the linter in scripts/linters`);
    }
    return this.counted.includes(rule);
  }
}
