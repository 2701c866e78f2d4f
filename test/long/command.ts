import { execFile, spawnSync } from 'child_process';

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly seconds?: number;
}

/** How a command ended. */
export interface Outcome {
  /** Its exit code, or what stopped it. */
  readonly status: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `npm run` says of this project to its children. An npm that works on another project must not believe it. */
const SAID_BY_NPM = /^(npm_(package_|lifecycle_|config_local_prefix|command)|INIT_CWD$)/i;

/** Set in this process by the runner of the tests, and nothing that a user's program would find. */
const SAID_BY_JEST = /^(JEST_WORKER_ID|NODE_ENV|NODE_PATH|NODE_OPTIONS|CDK8S_OUTDIR)$/;

/** Runs a command to its end, however it ends, but no longer than `seconds`. */
export async function attempt(command: string, args: readonly string[], options: CommandOptions = {}): Promise<Outcome> {
  const { cwd, env, seconds = 120 } = options;
  return new Promise((resolve) => {
    const settings = { cwd, env: { ...outsideEnvironment(), ...env }, timeout: seconds * 1000, killSignal: 'SIGKILL', maxBuffer: 2 ** 26 } as const;
    const child = execFile(command, args, settings, (error, stdout, stderr) => {
      const status = error === null ? 0 : error.killed ? `stopped after ${seconds}s or for its output` : error.code ?? error.signal ?? error.message;
      resolve({ status, stdout, stderr });
    });
    child.stdin?.end();
  });
}

/** What a command prints; one that fails is an error which tells everything that it said. */
export async function run(command: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const { status, stdout, stderr } = await attempt(command, args, options);
  if (status !== 0) {
    throw new Error(`${command} ${args.join(' ')} ended with ${status}\n${stdout}\n${stderr}`);
  }
  return stdout;
}

/** Whether a command is there and works. Asked while tests are collected, which waits for nobody. */
export function works(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { timeout: 30_000, stdio: 'ignore' }).status === 0;
}

/**
 * `describe`, or where `missing` names something, the same tests skipped, with a line that says why. They are not
 * collected then, so that nothing in them has to expect its absence.
 */
export function describeUnless(missing: string | undefined, title: string, body: () => void): void {
  if (missing === undefined) {
    describe(title, body);
    return;
  }
  console.warn(`${title}: SKIPPED, ${missing}`);
  describe.skip(title, () => {
    test(`is skipped: ${missing}`, () => undefined);
  });
}

function outsideEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !SAID_BY_NPM.test(name) && !SAID_BY_JEST.test(name));
  const [major] = process.versions.node.split('.');
  return {
    ...Object.fromEntries(kept),
    // jsii prints a banner on a release of Node that it no longer supports, unless that release is named, or does not know yet.
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: major,
    JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1',
  };
}
