import type { OtherLinter, OtherVerdict } from './other-linter';
import type { Judged } from '../../test/support/migrations/judge';

/** How a linter is called, and what installs it. */
export type Installation = readonly [name: string, install: () => OtherLinter];

/** A linter, unless it could not be installed. */
export interface NamedLinter {
  readonly name: string;
  readonly linter?: OtherLinter;
}

/** The other linters; of one that cannot be installed, why is told, and the rest goes on without it. */
export function installedLinters(installations: readonly Installation[]): readonly NamedLinter[] {
  return installations.map(([name, install]) => {
    try {
      return { name, linter: install() };
    } catch (error) {
      tell(name, 'cannot be installed', error);
      return { name };
    }
  });
}

/** What the other linters warn of in a corpus on a version. */
export async function otherVerdictsOf(linters: readonly NamedLinter[], judged: readonly Judged[], major: number): Promise<readonly OtherVerdict[]> {
  const verdicts: OtherVerdict[] = [];
  for (const { name, linter } of linters) {
    verdicts.push({ name, hazards: linter === undefined ? 'not installed' : await asked(name, linter, judged, major) });
  }
  return verdicts;
}

function asked(name: string, linter: OtherLinter, judged: readonly Judged[], major: number): Promise<readonly boolean[] | string> {
  return linter.hazardsOf(judged, major).catch((error: unknown) => {
    tell(name, `cannot be asked about PostgreSQL ${major}`, error);
    return 'failed';
  });
}

function tell(name: string, what: string, error: unknown): void {
  process.stderr.write(`${name} ${what}: ${error instanceof Error ? error.message : String(error)}\n`);
}
