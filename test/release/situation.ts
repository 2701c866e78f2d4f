import type { Made } from './made-release';
import { ApiServer } from './server/api-server';
import { inProcessLibrary, type Fate, type Line } from './server/in-process-library';
import { VirtualTime } from './server/virtual-time';
import type { CommandIo } from '../../src/cli/command-io';
import { runPromote, type PromoteOptions } from '../../src/cli/promote-command';
import { kubernetesClient } from '../../src/cli/promote-kubernetes';
import * as input from '../../src/cli/read-input';
import { runRollback } from '../../src/cli/rollback-command';

// To read a release takes longer than to carry it out in a time that does not pass, and these tests run thousands.
const { readInput } = input;
const read = new Map<string, ReturnType<typeof readInput>>();
jest.spyOn(input, 'readInput').mockImplementation((paths, namespace, io) => {
  const known = read.get(paths[0]) ?? readInput(paths, namespace, io);
  if (paths[0] !== '-') {
    read.set(paths[0], known);
  }
  return known;
});

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** A command as a test gives it. */
export type Order = { readonly command: 'promote' | 'rollback' } & Partial<Pick<PromoteOptions, 'weight' | 'step' | 'dryRun' | 'format'>>;

export const PROMOTE: Order = { command: 'promote' };
export const ROLLBACK: Order = { command: 'rollback' };
export const share = (weight: string): Order => ({ command: 'promote', weight });
export const step = (name: string): Order => ({ command: 'promote', step: name });

/** A cluster with a version that runs, and another that is to be released. */
export class Situation {
  /** How many requests a command makes that nobody disturbs. */
  static async countRequests(make: () => Promise<Situation>, order: Order): Promise<number> {
    let count = 0;
    await (await make()).run(order, { fateOf: (number) => void (count = number) as undefined });
    return count;
  }

  readonly server: ApiServer;
  readonly time = new VirtualTime((now) => this.server.passed(now));

  constructor(before: Made, readonly release: Made, startSeconds?: ConstructorParameters<typeof ApiServer>[0]) {
    this.server = new ApiServer(startSeconds);
    const kinds = ['Deployment', 'Service', 'DestinationRule', 'VirtualService', 'PodDisruptionBudget', 'HorizontalPodAutoscaler', 'Ingress', 'HTTPRoute', 'ConfigMap'];
    [...before.steady, ...release.step('00-prepare')].filter(({ kind }) => kinds.includes(kind)).forEach((object) => this.server.put(object));
  }

  /** Runs a command; nothing where it was killed. */
  async run(order: Order, line: Pick<Line, 'fateOf' | 'latency'> = {}): Promise<Ended | undefined> {
    return this.time.until(this.start(order, line));
  }

  /** Runs a command, of which the request of a number meets a fate. */
  async runWith(order: Order, number: number, fate: Fate): Promise<Ended | undefined> {
    return this.run(order, { fateOf: (at) => at === number ? fate : undefined });
  }

  /** Begins a command beside others. */
  async start({ command, ...options }: Order, line: Pick<Line, 'fateOf' | 'latency'> = {}): Promise<Ended> {
    const texts = { out: '', error: '' };
    const io = { out: (text) => { texts.out += text; }, error: (text) => { texts.error += text; } } as CommandIo;
    const client = kubernetesClient(inProcessLibrary({ server: this.server, time: this.time, ...line }), {});
    const clock = { now: () => this.time.now * 1000, sleep: (seconds: number) => this.time.sleep(seconds) };
    const outside = { clientOf: async () => client, clock };
    const run = command === 'promote' ? runPromote : runRollback;
    const code = await run([this.release.folder], { format: 'text', ...options }, io, outside);
    return { code, ...texts };
  }

  deployment(name: string): any {
    return this.server.find('Deployment', name);
  }

  /** What matters of the cluster: where routes lead, and which pods there are. */
  get state(): unknown {
    const objects = [...this.server.objects].sort(([one], [other]) => one < other ? -1 : 1);
    return objects.flatMap(([path, { kind, spec, status }]) => {
      switch (kind) {
        case 'Deployment': return spec.replicas === 0 ? [] : [[path, spec.replicas, spec.template, status.availableReplicas]];
        case 'Service': return [[path, spec.selector]];
        case 'VirtualService':
        case 'HTTPRoute': return [[path, spec]];
        default: return [];
      }
    });
  }
}
