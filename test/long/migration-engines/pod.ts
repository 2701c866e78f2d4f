import { spawn, type ChildProcess } from 'child_process';
import { once } from 'events';
import { mkdirSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import type { Manifest } from '../../../src/manifests/manifest';
import { renderService } from '../../../src/manifests/render';
import { planned, type Props } from '../../plan/declare';

interface Container {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
}

/** How a pod ended, and what its containers wrote. */
export interface Ended {
  /** The container that failed, where one has. */
  readonly failed?: string;
  readonly status: number | string;
  readonly output: string;
  /** The containers that ran to their end, in order. */
  readonly ran: readonly string[];
}

/**
 * The pod of a Job as processes of this machine: its containers run one after another, as the kubelet runs init containers, and the first that fails
 * ends it. Where a path is mounted is a folder here, and what a Secret holds is the address of the server.
 */
export class Pod {
  /** The pod of an object of a service: `expand`, `backfill` or `contract`. */
  static of(id: string, props: Props, folder: string, url: string): Pod {
    const objects = renderService(planned(props).planned).map((each): [string, Manifest] => [each.id, each.manifest]);
    const manifest = objects.find(([each]) => each === id)![1] as any; // eslint-disable-line @typescript-eslint/no-explicit-any
    const { spec } = (manifest.spec.jobTemplate?.spec ?? manifest.spec).template;
    const scripts = objects.find(([each]) => each === 'migrations')![1].data as Record<string, string>;
    return new Pod([...spec.initContainers ?? [], ...spec.containers], scripts, folder, url);
  }

  private child?: ChildProcess;
  private isKilled = false;

  private constructor(
    readonly containers: readonly Container[], scripts: Readonly<Record<string, string>>,
    private readonly folder: string, private readonly url: string,
  ) {
    // Each pod has an emptyDir of its own.
    rmSync(join(folder, 'shared'), { recursive: true, force: true });
    mkdirSync(join(folder, 'shared'), { recursive: true });
    mkdirSync(join(folder, 'scripts'), { recursive: true });
    Object.entries(scripts).forEach(([name, text]) => writeFileSync(join(folder, 'scripts', name), text));
  }

  /** Runs it to its end. `path` is where the programs of other images are. */
  async run(env: NodeJS.ProcessEnv = {}, path = ''): Promise<Ended> {
    const ran: string[] = [];
    let output = '';
    for (const container of this.containers) {
      const { status, text } = await this.runOne(container, env, path);
      output += text;
      if (status !== 0) {
        return { failed: container.name, status, output, ran };
      }
      ran.push(container.name);
    }
    return { status: 0, output, ran };
  }

  /** Ends it at once, with all that it has started, as a node that is lost does. */
  async kill(): Promise<void> {
    this.isKilled = true;
    const { child } = this;
    if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      process.kill(-child.pid, 'SIGKILL');
      await once(child, 'exit');
    }
  }

  private async runOne(
    { command, args = [], env = [] }: Container, extra: NodeJS.ProcessEnv, path: string,
  ): Promise<{ readonly status: number | string; readonly text: string }> {
    if (this.isKilled) {
      return { status: 'SIGKILL', text: '' };
    }
    const [program, ...rest] = [...command, ...args].map((word) => this.here(word));
    const variables = Object.fromEntries(env.map(({ name, value }) => [name, value === undefined ? this.url : this.here(value)]));
    const child = spawn(program, rest, { env: { PATH: `${path}:${process.env.PATH}`, ...variables, ...extra }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    let text = '';
    child.stdout.on('data', (data: Buffer) => text += data.toString());
    child.stderr.on('data', (data: Buffer) => text += data.toString());
    const [status, signal] = await once(child, 'close') as [number | null, string | null];
    return { status: status ?? signal!, text };
  }

  private here(word: string): string {
    return word.replace(/^\/zero-downtime-shared/, join(this.folder, 'shared')).replace(/^\/zero-downtime(?=\/)/, join(this.folder, 'scripts'));
  }
}
