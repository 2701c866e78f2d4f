import { readFileSync, writeFileSync, writeSync } from 'fs';

/** What a command reads and writes, so that tests can run one without a process. */
export interface CommandIo {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  readonly stdin: () => string;
  readonly readFile: (path: string) => string;
  readonly writeFile: (path: string, text: string) => void;
  /** Whether progress can be shown: standard error is a terminal. */
  readonly isTerminal: boolean;
  /** Whether results may be coloured: standard output is a terminal, and nobody asked for none. */
  readonly hasColour: boolean;
}

/** The streams of this process. */
export function processIo(): CommandIo {
  return {
    out: (text) => writeAll(1, text),
    error: (text) => writeAll(2, text),
    stdin: () => readFileSync(0, 'utf8'),
    readFile: (path) => readFileSync(path, 'utf8'),
    writeFile: (path, text) => writeFileSync(path, text),
    isTerminal: process.stderr.isTTY === true,
    hasColour: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
  };
}

/** Written at once, because a process that ends drops what a pipe has not taken; a reader that has gone is no fault. */
function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length;) {
    try {
      from += writeSync(descriptor, bytes, from);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') {
        return;
      }
      if (code !== 'EAGAIN') {
        throw error;
      }
    }
  }
}
