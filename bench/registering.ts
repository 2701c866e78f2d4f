import { execFile } from 'child_process';
import { promisify } from 'util';
import type { CompiledCopy } from './compiled-copy';
import { Registrar, type RegistrationRequest, type RegistrationSample } from './registration';
import { median, spreadPercent } from './statistics';
import { table } from './table';

const EFFORTS = [
  { services: 100, rounds: 5, quickRounds: 3 },
  { services: 400, rounds: 3, quickRounds: 1 },
];
const MOST_OVER_TYPED = 1.3;
const MOST_GROWTH = 1.5;

type Samples = Readonly<Record<Registrar, readonly RegistrationSample[]>>;

/** What it costs to register the services as Pulumi's resources, without its engine: what a program does before anything is created. */
export class Registering {
  constructor(private readonly copy: CompiledCopy, private readonly interrupted: AbortSignal) {}

  /** Lines of a report, with the targets and whether this run meets them. */
  async report(isQuick: boolean): Promise<string[]> {
    // The first reads of the files from the disk are nobody's.
    await this.takingTurns(1, 1);
    const bySize = new Map<number, Samples>();
    for (const { services, rounds, quickRounds } of EFFORTS) {
      process.stderr.write(`registering ${services} in Pulumi\n`);
      bySize.set(services, await this.takingTurns(services, isQuick ? quickRounds : rounds));
    }
    return [
      'registering in Pulumi, under mocks: processor time; each measurement in a fresh process, taking turns; medians, ~ how far apart the rounds were',
      'ours: ZeroDowntimeService; typed: typed resources of the same objects, as if written by hand, in components and in order', '',
      table(['services', 'objects', 'ours ms', 'typed ms', 'ours/typed', 'us/service', 'peak MB ours/typed'],
        [...bySize].map(([services, samples]) => row(services, samples))), '',
      ...targets(bySize),
    ];
  }

  private async takingTurns(services: number, rounds: number): Promise<Samples> {
    const registrars = Object.values(Registrar);
    const samples: Record<Registrar, RegistrationSample[]> = { ours: [], typed: [] };
    for (let round = 0; round < rounds; round++) {
      for (const registrar of registrars) {
        samples[registrar].push(await this.measure({ registrar, services }));
      }
    }
    if (new Set(Object.values(samples).flat().map(({ digest }) => digest)).size !== 1) {
      throw new Error('the ways of making the services registered different objects, so their times cannot be compared');
    }
    return samples;
  }

  private async measure(request: RegistrationRequest): Promise<RegistrationSample> {
    const options = { signal: this.interrupted, env: { ...process.env, NODE_OPTIONS: '' } };
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', this.copy.registrar, JSON.stringify(request)], options);
    return JSON.parse(stdout);
  }
}

function times(samples: readonly RegistrationSample[]): number[] {
  return samples.map(({ milliseconds }) => milliseconds);
}

function ratio({ ours, typed }: Samples): number {
  return median(times(ours)) / median(times(typed));
}

function row(services: number, samples: Samples): string[] {
  const all = Object.values(Registrar);
  return [
    String(services),
    String(samples.ours[0].objects),
    ...all.map((registrar) => `${median(times(samples[registrar])).toFixed(0)} ~${spreadPercent(times(samples[registrar])).toFixed(0)}%`),
    ratio(samples).toFixed(2),
    (median(times(samples.ours)) * 1000 / services).toFixed(0),
    all.map((registrar) => Math.max(...samples[registrar].map(({ peakMegabytes }) => peakMegabytes)).toFixed(0)).join('/'),
  ];
}

function targets(bySize: ReadonlyMap<number, Samples>): string[] {
  const perService = [...bySize].map(([services, { ours }]) => median(times(ours)) / services);
  return [
    ...[...bySize].map(([services, samples]) => target(`ours/typed <= ${MOST_OVER_TYPED} at ${services} services`, ratio(samples), MOST_OVER_TYPED)),
    target(`a service takes at most ${MOST_GROWTH} times as long at ${EFFORTS[1].services} as at ${EFFORTS[0].services}`, perService[1] / perService[0], MOST_GROWTH),
  ];
}

function target(what: string, actual: number, most: number): string {
  return `target ${what}: ${actual.toFixed(2)} (${actual <= most ? 'met' : 'missed'})`;
}
