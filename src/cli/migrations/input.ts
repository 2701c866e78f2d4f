import { readFileSync, readdirSync, statSync } from 'fs';
import { join } from 'path';
import type { ReadFile } from '../../migrations/layouts/layout';
import { isMigrationProgram, isProgram } from '../../migrations/layouts/programs/program';
import type { InputProblem } from '../../reading/input-problem';
import { bytesText } from '../../reading/limits';
import { BadInput } from '../bad-input';
import type { CommandIo } from '../command-io';

/** More than any migration holds; a dump of data is no migration. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Reads the migrations that paths lead to: files that are named, the `.sql` files and the programs of folders, `-` for standard input. */
export function readSqlFiles(paths: readonly string[], io: CommandIo): readonly ReadFile[] {
  const problems: InputProblem[] = [];
  const found = paths.flatMap((path) => path === '-' ? [{ source: '<stdin>', isNamed: true }] : sourcesOf(path, problems));
  const files = [...new Map(found.map((each) => [each.source, each])).values()].flatMap(({ source, isNamed }) => {
    const contents = source === '<stdin>' ? { text: io.stdin() } : contentsOf(source);
    if ('message' in contents) {
      problems.push({ source, message: contents.message });
      return [];
    }
    const isMigration = !isProgram(source) || isMigrationProgram(contents.text);
    if (!isMigration && isNamed) {
      problems.push({ source, message: 'the program is no migration: it exports no up that is given knex or pgm; name SQL files, and programs of knex and node-pg-migrate' });
    }
    return isMigration ? [{ source, isNamed, text: contents.text }] : [];
  });
  if (files.length === 0 && problems.length === 0) {
    problems.push({ source: paths.join(' '), message: 'there is no .sql file, and no program of knex or node-pg-migrate; name a file, or a folder that holds some' });
  }
  if (problems.length > 0) {
    throw new BadInput(problems);
  }
  return files;
}

interface Source {
  readonly source: string;
  readonly isNamed: boolean;
}

function sourcesOf(path: string, problems: InputProblem[]): Source[] {
  try {
    return statSync(path).isDirectory() ? filesIn(path).map((source) => ({ source, isNamed: false })) : [{ source: path, isNamed: true }];
  } catch {
    problems.push({ source: path, message: 'no such file or folder; correct the path' });
    return [];
  }
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.') && name !== 'node_modules');
  const names = new Set(entries.map(({ name }) => name));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return filesIn(path);
    }
    return entry.name.endsWith('.sql') || (isProgram(entry.name) && !OF_TESTS.test(path) && !isCompiled(entry.name, names)) ? [path] : [];
  });
}

/** Tests of programs, and doubles for them. */
const OF_TESTS = /[\\/]__(?:tests|mocks)__[\\/]|\.(?:test|spec)\.\w+$/;

/** Whether a program was compiled from one that stands beside it. */
function isCompiled(name: string, names: ReadonlySet<string>): boolean {
  return name.endsWith('js') && names.has(name.replace(/js$/, 'ts'));
}

/** The text of a file, or why it has none that can be judged. */
export function contentsOf(path: string): { readonly text: string } | { readonly message: string } {
  try {
    const { size } = statSync(path);
    if (size > MOST_BYTES) {
      return { message: `the file has ${bytesText(size)}, and at most ${bytesText(MOST_BYTES)} are read; a dump of data is no migration: give its schema alone (pg_dump --schema-only)` };
    }
    const bytes = readFileSync(path);
    if (bytes.includes(0)) {
      return { message: 'the file is binary, or in UTF-16; name SQL files alone, saved as UTF-8' };
    }
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
      ? { message: 'the file is not UTF-8; save it as UTF-8' }
      : { message: `the file cannot be read (${code}); give the right to read it` };
  }
}
