import { execFile } from 'child_process';
import { rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { CompiledCopy } from './compiled-copy';
import { OBJECTS_A_SERVICE, plainManifests, writePlainManifests } from './plain-manifests';
import { median } from './statistics';
import { table } from './table';
import { STRATEGIES, type VerifierRequest, type VerifierSample } from './verifier-child';

const REPLICAS = [5, 10, 20, 50, 100];
const MANIFESTS = [100, 1000, 4000];
const MOST_MANIFESTS_OF_QUICK_RUN = 1000;
const ROUNDS = 7;
const START_UP_TARGET = 150;
const CHECK_TARGET = 2000;
const VERIFY_TARGET = 100;

/** What checking and verifying cost: whole processes for the command line, single verdicts for the verifier. */
export class Judging {
  constructor(private readonly copy: CompiledCopy, private readonly interrupted: AbortSignal) {}

  /** Lines of a report, with the targets and whether this run meets them. */
  async report(isQuick: boolean): Promise<string[]> {
    const startUp = await this.startUp();
    const throughput = await this.throughput(MANIFESTS.filter((count) => !isQuick || count <= MOST_MANIFESTS_OF_QUICK_RUN));
    const verdicts = await this.verdicts();
    return [...startUp, '', ...throughput, '', ...verdicts];
  }

  private async startUp(): Promise<string[]> {
    const manifest = join(this.copy.folder, 'one.yaml');
    writeFileSync(manifest, plainManifests('payments', 3));
    const commands = {
      node: ['-e', '0'],
      explain: [this.copy.commandLine, 'explain', 'grace-too-short'],
      check: [this.copy.commandLine, 'check', manifest],
      verify: [this.copy.commandLine, 'verify', manifest, '--assume', 'shutdown=drains'],
    };
    const times = await this.takingTurns(commands);
    const over = (name: keyof typeof commands) => median(times[name]) - median(times.node);
    return [
      'the command line, as whole processes taking turns; medians', '',
      table(['command', 'ms', 'over node', 'x node'], Object.entries(times).map(([name, all]) =>
        [name, median(all).toFixed(0), over(name as 'node').toFixed(0), (median(all) / median(times.node)).toFixed(1)])), '',
      ...(['explain', 'check', 'verify'] as const).map((name) => target(`${name} starts within ${START_UP_TARGET} ms over node`, over(name), START_UP_TARGET)),
    ];
  }

  private async throughput(counts: readonly number[]): Promise<string[]> {
    const rows: string[][] = [];
    const lines: string[] = [];
    let first = 0;
    for (const count of counts) {
      const folder = join(this.copy.folder, `manifests-${count}`);
      writePlainManifests(folder, count / OBJECTS_A_SERVICE);
      const times = await this.takingTurns({ node: ['-e', '0'], check: [this.copy.commandLine, 'check', folder] });
      rmSync(folder, { recursive: true });
      const each = (median(times.check) - median(times.node)) / count;
      first ||= each;
      rows.push([`${count}`, median(times.check).toFixed(0), each.toFixed(2), (each / first).toFixed(2)]);
      if (count === 1000) {
        lines.push(target(`1000 manifests are checked within ${CHECK_TARGET} ms`, median(times.check), CHECK_TARGET));
      }
    }
    return ['checking, as whole processes; medians', '', table(['manifests', 'ms', 'ms a manifest', '÷ that of the fewest'], rows), '', ...lines];
  }

  private async verdicts(): Promise<string[]> {
    const rows: string[][] = [];
    const lines: string[] = [];
    for (const strategy of Object.keys(STRATEGIES) as VerifierRequest['strategy'][]) {
      for (const replicas of REPLICAS) {
        const { stdout } = await this.run([this.copy.verifier, JSON.stringify({ replicas, strategy })]);
        const { firstMilliseconds, milliseconds, states, exact, peakMegabytes } = JSON.parse(stdout) as VerifierSample;
        rows.push([strategy, `${replicas}`, `${states}`, exact ? 'yes' : 'bound', firstMilliseconds.toFixed(0), milliseconds.toFixed(0), peakMegabytes.toFixed(0)]);
        if (replicas === 10) {
          lines.push(target(`10 replicas, ${strategy}, are verified within ${VERIFY_TARGET} ms`, firstMilliseconds, VERIFY_TARGET));
        }
      }
    }
    const heads = ['release', 'replicas', 'states', 'exact', 'ms, first', 'ms, then', 'peak MB'];
    return ['one verdict with a change in mid-release, an eviction and a budget; each in a process of its own', '', table(heads, rows), '', ...lines];
  }

  private async takingTurns<Name extends string>(commands: Readonly<Record<Name, readonly string[]>>): Promise<Record<Name, number[]>> {
    const names = Object.keys(commands) as Name[];
    const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
    for (let round = 0; round <= ROUNDS; round++) {
      for (const name of names) {
        const start = performance.now();
        await this.run(commands[name]);
        // The first reads of the files from the disk are nobody's.
        if (round > 0) {
          times[name].push(performance.now() - start);
        }
      }
    }
    return times;
  }

  private run(args: readonly string[]): Promise<{ stdout: string }> {
    return new Promise((resolve, reject) => {
      const options = { signal: this.interrupted, maxBuffer: 256 * 1024 * 1024, env: { ...process.env, NODE_OPTIONS: '' } };
      execFile(process.execPath, args, options, (error, stdout, stderr) => {
        // 1 and 3 are verdicts.
        const failed = error && error.code !== 1 && error.code !== 3;
        return failed ? reject(new Error(`${args.join(' ')}: ${stderr}`)) : resolve({ stdout });
      });
    });
  }
}

function target(what: string, actual: number, most: number): string {
  return `target ${what}: ${actual.toFixed(0)} (${actual <= most ? 'met' : 'missed'})`;
}
