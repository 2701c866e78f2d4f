import type { ChildProcess } from './child-process';
import { Layout, Sample, Subject } from './measurement';
import { median, spreadPercent } from './statistics';

/** How often one size is measured. */
export interface Effort {
  readonly services: number;
  readonly rounds: number;
  /** After which no further round begins; the first always ends. */
  readonly seconds: number;
}

/** The same services made in several ways, measured side by side. */
export class Comparison {
  /** Takes turns, so that what else the machine does falls on all alike. */
  static async run(child: ChildProcess, layout: Layout, { services, rounds, seconds }: Effort): Promise<Comparison> {
    const samples = new Map<Subject, Sample[]>(Object.values(Subject).map((subject) => [subject, []]));
    const start = performance.now();
    for (let round = 0; round < rounds && (round === 0 || performance.now() - start < seconds * 1000); round++) {
      for (const [subject, taken] of samples) {
        taken.push(await child.measure(subject, layout, services));
      }
    }
    assertEqualWork([...samples.values()].flat());
    return new Comparison(layout, services, samples);
  }

  private constructor(
    readonly layout: Layout,
    readonly services: number,
    private readonly samples: ReadonlyMap<Subject, Sample[]>,
  ) {}

  /** The objects of all services. */
  get objects(): number {
    return this.samples.get(Subject.OURS)![0].objects;
  }

  /** The median of the times. */
  milliseconds(subject: Subject): number {
    return median(this.times(subject));
  }

  /** How far the times lie apart, in percent of their median. */
  spread(subject: Subject): number {
    return spreadPercent(this.times(subject));
  }

  /** The largest resident set of any round. */
  peakMegabytes(subject: Subject): number {
    return Math.max(...this.samples.get(subject)!.map((sample) => sample.peakMegabytes));
  }

  /** Microseconds of one service. */
  perService(subject: Subject): number {
    return this.milliseconds(subject) * 1000 / this.services;
  }

  /** Our time over another's: the ratio of the medians. */
  ratioTo(other: Subject): number {
    return this.milliseconds(Subject.OURS) / this.milliseconds(other);
  }

  /** Our time over another's, round by round: what happened at the same time. */
  ratiosByRound(other: Subject): number[] {
    const others = this.times(other);
    return this.times(Subject.OURS).map((time, round) => time / others[round]);
  }

  private times(subject: Subject): number[] {
    return this.samples.get(subject)!.map((sample) => sample.milliseconds);
  }
}

/** @throws where the files differ: times of unequal work say nothing */
function assertEqualWork(samples: Sample[]): void {
  if (new Set(samples.map(({ digest }) => digest)).size !== 1) {
    throw new Error('the ways of making the services wrote different files, so their times cannot be compared');
  }
}
