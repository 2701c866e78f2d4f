import { spawnSync } from 'child_process';
import { basename } from 'path';

/** What a program wrote. */
export interface Output {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end in a folder; that it ends with an error is for the caller to judge, as linters do so when they warn. */
export function run(program: string, args: readonly string[], folder: string, environment: NodeJS.ProcessEnv = {}): Output {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024, env: { ...process.env, ...environment },
  });
  if (error !== undefined) {
    throw new Error(`${basename(program)} cannot be run: ${error.message}`);
  }
  return { status, stdout, stderr };
}

/** What a program wrote as JSON. */
export function jsonOf<T>(program: string, args: readonly string[], folder: string): T {
  const { status, stdout, stderr } = run(program, args, folder);
  try {
    return JSON.parse(stdout) as T;
  } catch {
    throw new Error(`${basename(program)} wrote no JSON and ended with ${status}: ${stderr.trim()}`);
  }
}
