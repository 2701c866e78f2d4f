import { Bisection } from './bisection';
import { fromCargo } from './installed';
import type { OtherLinter } from './other-linter';
import { run } from './program';
import { RuleChoice } from './rule-choice';
import { warnedIn, type Warning } from './statement-files';
import type { Judged } from '../../test/support/migrations/judge';

const VERSION = '0.8.3';

/** By its hints that are found without a server: constraints, NOT NULL, types, indexes, unique and exclusion constraints, computed columns. */
const RULES = new RuleChoice('eugene', ['E1', 'E2', 'E5', 'E6', 'E7', 'E8', 'E11'], ['E3', 'E4', 'E9', 'W12', 'W13', 'W14']);

interface Report {
  readonly name: string;
  readonly statements: ReadonlyArray<{ readonly triggered_rules: ReadonlyArray<{ readonly id: string }> }>;
}

/** The lint of eugene, as crates.io has it. Its trace runs the statements on a server, as the judge does, and says nothing beforehand. */
export class Eugene implements OtherLinter {
  static install(): Eugene {
    return new Eugene(fromCargo('eugene', VERSION));
  }

  readonly version = VERSION;
  readonly given = 'nothing';
  private readonly bisection = new Bisection();

  private constructor(private readonly program: string) {}

  async hazardsOf(judged: readonly Judged[]): Promise<readonly boolean[]> {
    return warnedIn(judged.map(({ statement }) => statement), RULES, (folder, files) =>
      this.bisection.warningsIn(files, (left) => this.warningsIn(folder, left.map(({ name }) => name))));
  }

  private warningsIn(folder: string, names: readonly string[]): readonly Warning[] | undefined {
    const { status, stdout, stderr } = run(this.program, ['lint', '--format', 'json', '--accept-failures', '--sort-mode', 'none', ...names], folder);
    if (status === 0) {
      // One document after the other, each indented but for its braces.
      const reports = stdout.split(/^(?=\{)/m).map((report) => JSON.parse(report) as Report);
      return reports.flatMap(({ name: file, statements }) =>
        statements.flatMap(({ triggered_rules: rules }) => rules.map(({ id: rule }) => ({ file, rule }))));
    }
    if (stderr.includes('syntax error')) {
      return undefined;
    }
    throw new Error(`eugene ended with ${status}: ${stderr.trim()}`);
  }
}
