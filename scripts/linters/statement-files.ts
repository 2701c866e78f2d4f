import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type { RuleChoice } from './rule-choice';

/** What a linter says of a file. */
export interface Warning {
  readonly file: string;
  readonly rule: string;
}

/** A file of a single statement, by its name in a folder. */
export interface StatementFile {
  readonly name: string;
  readonly statement: string;
}

/** Writes each statement to a file of its own, and tells of which a linter warns by a rule that counts. */
export function warnedIn(
  statements: readonly string[], choice: RuleChoice, lint: (folder: string, files: readonly StatementFile[]) => readonly Warning[],
): readonly boolean[] {
  const folder = mkdtempSync(join(tmpdir(), 'zd-linter-'));
  try {
    const files = statements.map((statement, index) => ({ name: `${index}.sql`, statement }));
    files.forEach(({ name, statement }) => writeFileSync(join(folder, name), `${statement};\n`));
    const warned = new Set(lint(folder, files).filter(({ rule }) => choice.counts(rule)).map(({ file }) => file));
    return files.map(({ name }) => warned.has(name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
