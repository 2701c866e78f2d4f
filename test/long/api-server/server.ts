import { spawnSync } from 'child_process';
import { readFileSync } from 'fs';
import { join } from 'path';
import { run } from '../command';
import { whyNoGo } from '../go-tool';

/** What the API server's own code says of one object. */
export interface Judgement {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** The object as the server's parser reads it. */
  readonly object: unknown;
  /** Whether the server has no code for the kind. */
  readonly skipped: boolean;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** The Go that is there is taken, or none: no test fetches another one. */
const THIS_GO = { GOTOOLCHAIN: 'local' };

/** The minor version of the Kubernetes whose code is asked. */
export const BUILT_MINOR = Number(/k8s\.io\/kubernetes v1\.(\d+)/.exec(readFileSync(join(__dirname, 'go.mod'), 'utf8'))![1]);

/** Why the server's code cannot be built on this machine, if so. */
export function whyNoApiServer(): string | undefined {
  return whyNoGo() ?? whyNotWithThisGo();
}

/** Go says nothing about a module that asks for a newer Go, but that it does. */
function whyNotWithThisGo(): string | undefined {
  const { status, stderr } = spawnSync('go', ['list', '-m'], { cwd: __dirname, env: { ...process.env, ...THIS_GO }, encoding: 'utf8' });
  return status === 0 ? undefined : stderr.trim();
}

/** The server's code as a program that can be asked. */
export class ApiServer {
  /** Builds the program into a folder. What Go downloads and compiles it keeps in caches of its own. */
  static async build(folder: string): Promise<ApiServer> {
    const program = join(folder, 'apiserver-validation');
    await run('go', ['build', '-ldflags', '-s -w', '-o', program, '.'], { cwd: __dirname, env: THIS_GO, seconds: 840 });
    return new ApiServer(program);
  }

  private constructor(private readonly program: string) {}

  /** What the server says of each document. */
  judge(yaml: string, ...args: string[]): Judgement[] {
    const { status, stdout, stderr } = spawnSync(this.program, args, { input: yaml, encoding: 'utf8', maxBuffer: 2 ** 28, timeout: 120_000 });
    if (status !== 0) {
      throw new Error(`the API server's code ended with ${status}: ${stderr}`);
    }
    return stdout.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Judgement);
  }
}

/** One readable line for each thing that is refused. */
export function refusals(judgements: readonly Judgement[]): string[] {
  return judgements.flatMap(({ kind, name, errors }) => errors.map((error) => `${kind} ${name}: ${error}`));
}
