import { spawnSync } from 'child_process';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { delimiter, join } from 'path';

/** What a cluster says, and what becomes of it. */
export interface Scenario {
  /** By `kind/name`: the states that `get` meets one after another; `away` where the API does not answer. */
  readonly objects: Readonly<Record<string, ReadonlyArray<object | 'away'>>>;
  /** By verb: how it ends, and the states from then on. */
  readonly after?: Readonly<Record<string, { readonly code?: number; readonly objects?: Scenario['objects'] }>>;
}

export interface ScriptOutcome {
  readonly status: number | null;
  readonly text: string;
  /** What was asked of the cluster, without the looks at it. */
  readonly done: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
}

const folder = mkdtempSync(join(tmpdir(), 'pipeline-'));
afterAll(() => rmSync(folder, { recursive: true }));

for (const program of ['kubectl', 'npx']) {
  copyFileSync(join(__dirname, program === 'kubectl' ? 'fake-kubectl.mjs' : 'fake-npx.mjs'), join(folder, program));
  chmodSync(join(folder, program), 0o755);
}

/** Runs a step of a job as GitHub does, against a cluster that is played. */
export function runScript(script: string, env: Readonly<Record<string, string>>, scenario: Scenario): ScriptOutcome {
  const [file, calls, output] = ['scenario.json', 'calls', 'output'].map((name) => join(folder, name));
  writeFileSync(file, JSON.stringify(scenario));
  [calls, output].forEach((path) => writeFileSync(path, ''));
  const outcome = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 20_000,
    env: {
      PATH: `${folder}${delimiter}${process.env.PATH}`,
      SCENARIO: file,
      CALLS: calls,
      GITHUB_OUTPUT: output,
      SERVICE: 'payments',
      SELECTOR: 'app.kubernetes.io/name=payments',
      NAMESPACE: 'shop',
      MANIFESTS: 'dist',
      RELEASE: 'release',
      POLL_SECONDS: '0.02',
      WAIT_SECONDS: '10',
      ...env,
    },
  });
  const lines = (path: string) => existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter((line) => line !== '') : [];
  return {
    status: outcome.status,
    text: outcome.stdout + outcome.stderr,
    done: lines(calls).filter((line) => !line.startsWith('get ')),
    outputs: Object.fromEntries(lines(output).map((line) => line.split(/=(.*)/s).slice(0, 2))),
  };
}
