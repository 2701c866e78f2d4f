import { spawnSync } from 'child_process';
import { join } from 'path';
import { run } from '../command';

/** The Go that is there is taken, or none: no test fetches another one. */
const THIS_GO = { GOTOOLCHAIN: 'local' };

/** One question to the engines' code. */
export type Question =
  | { readonly kind: 'template'; readonly query: string }
  | { readonly kind: 'prometheus' | 'cloudWatch' | 'datadog'; readonly values: readonly string[]; readonly successCondition: string; readonly failureCondition: string };

/** The code of the engines as a program that can be asked. */
export class EnginesJudge {
  /** Builds the program into a folder. What Go downloads and compiles it keeps in caches of its own. */
  static async build(folder: string): Promise<EnginesJudge> {
    const program = join(folder, 'engines-judge');
    await run('go', ['build', '-ldflags', '-s -w', '-o', program, '.'], { cwd: __dirname, env: THIS_GO, seconds: 840 });
    return new EnginesJudge(program);
  }

  private constructor(private readonly program: string) {}

  /** The answer to each question: the phase of a measurement, or the rendered query. */
  ask(questions: readonly Question[]): string[] {
    const input = questions.map((question) => JSON.stringify(question)).join('\n');
    const { status, stdout, stderr } = spawnSync(this.program, { input, encoding: 'utf8', timeout: 60_000 });
    if (status !== 0) {
      throw new Error(`the engines' code ended with ${status}: ${stderr}`);
    }
    return stdout.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as string);
  }
}
