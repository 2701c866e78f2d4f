import { readFileSync, readdirSync, statSync } from 'fs';
import { join } from 'path';
import { BadInput } from './bad-input';
import type { CommandIo } from './command-io';
import type { ReadFile } from '../migrations/layouts/layout';
import type { InputProblem } from '../reading/input-problem';
import { bytesText } from '../reading/limits';

/** More than any migration holds; a dump of data is no migration. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Reads the SQL files that paths lead to: those that are named, the `.sql` files of folders, `-` for standard input. */
export function readSqlFiles(paths: readonly string[], io: CommandIo): readonly ReadFile[] {
  const problems: InputProblem[] = [];
  const found = paths.flatMap((path) => path === '-' ? [{ source: '<stdin>', isNamed: true }] : sourcesOf(path, problems));
  const files = [...new Map(found.map((each) => [each.source, each])).values()].flatMap(({ source, isNamed }) => {
    const contents = source === '<stdin>' ? { text: io.stdin() } : contentsOf(source);
    if ('message' in contents) {
      problems.push({ source, message: contents.message });
      return [];
    }
    return [{ source, isNamed, text: contents.text }];
  });
  if (files.length === 0 && problems.length === 0) {
    problems.push({ source: paths.join(' '), message: 'there is no .sql file; name a file, or a folder that holds some' });
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
    return statSync(path).isDirectory() ? sqlFilesIn(path).map((source) => ({ source, isNamed: false })) : [{ source: path, isNamed: true }];
  } catch {
    problems.push({ source: path, message: 'no such file or folder; correct the path' });
    return [];
  }
}

function sqlFilesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.') || entry.name === 'node_modules') {
      return [];
    }
    return entry.isDirectory() ? sqlFilesIn(path) : entry.name.endsWith('.sql') ? [path] : [];
  });
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
