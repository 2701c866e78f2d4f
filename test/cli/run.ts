import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type { CommandIo } from '../../src/cli/command-io';
import type { ExitCode } from '../../src/cli/exit-code';
import { main } from '../../src/cli/main';

/** What a command did. */
export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly error: string;
  /** The files that it wrote, by path. */
  readonly written: Readonly<Record<string, string>>;
}

export interface Given {
  readonly stdin?: string;
  /** What can be read beside manifests, by path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly isTerminal?: boolean;
  readonly hasColour?: boolean;
  /** Why nothing can be written. */
  readonly unwritable?: string;
}

/** Runs a command line without a process. */
export async function run(args: readonly string[], { stdin = '', files = {}, isTerminal = false, hasColour = false, unwritable }: Given = {}): Promise<Ran> {
  const written: Record<string, string> = {};
  const texts = { out: '', error: '' };
  const io: CommandIo = {
    out: (text) => { texts.out += text; },
    error: (text) => { texts.error += text; },
    stdin: () => stdin,
    readFile: (path) => {
      if (files[path] === undefined) {
        throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
      }
      return files[path];
    },
    writeFile: (path, text) => {
      if (unwritable !== undefined) {
        throw Object.assign(new Error('not written'), { code: unwritable });
      }
      written[path] = text;
    },
    isTerminal,
    hasColour,
  };
  return { code: await main(args, io), ...texts, written };
}

/** Runs a command over manifests that come by standard input. */
export function runOn(yaml: string, args: readonly string[], given: Given = {}): Promise<Ran> {
  const [command, ...rest] = args;
  return run([command, '-', ...rest], { ...given, stdin: yaml });
}

const folders: string[] = [];

/** A folder of its own with files in it, which is gone after the tests of the file. */
export function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'zero-downtime-cli-'));
  folders.push(folder);
  Object.entries(files).forEach(([name, text]) => writeFileSync(join(folder, name), text));
  return folder;
}

afterAll(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));
