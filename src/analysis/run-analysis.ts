import type { AnalysisDocument, AnalysisMetric } from './analysis-document';
import type { Answer, Refusal } from './answer';
import type { Outside } from './ask-prometheus';
import { measurementOf, type Measurement } from './measure';
import { assessed, counted, NO_COUNTS, type Counts } from './metric-result';
import { worstOf, type Phase } from './phase';

/** One metric as the analysis leaves it. */
export interface MetricResult {
  readonly metric: AnalysisMetric;
  readonly counts: Counts;
  /** Absent where the analysis ended before the metric had come to anything. */
  readonly phase?: Phase;
  readonly message: string;
}

/** A query, an address or credentials that must be corrected. */
export interface Refused {
  readonly metric: AnalysisMetric;
  readonly refusal: Refusal;
}

/** What an analysis has come to. */
export interface AnalysisRun {
  /** Absent where it was interrupted, or where something was refused. */
  readonly phase?: Phase;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly results: readonly MetricResult[];
  readonly measurements: readonly Measurement[];
  readonly refused: readonly Refused[];
  readonly isInterrupted: boolean;
}

/** What an analysis needs from outside. */
export interface AnalysisRunSettings extends Pick<Outside, 'now' | 'sleep'> {
  readonly ask: (query: string, signal: AbortSignal) => Promise<Answer>;
  /** Aborted where nobody waits for the analysis any more. */
  readonly signal: AbortSignal;
  /** Told of each round of measurements as soon as it is complete. */
  readonly onMeasured: (measurements: readonly Measurement[]) => void;
  /** Told how long nothing will happen. */
  readonly onWaiting: (milliseconds: number) => void;
}

/** The same analysis as a single look: one measurement of each metric, at once, of which none may be bad. */
export function asSingleLook(document: AnalysisDocument): AnalysisDocument {
  return { ...document, initialDelaySeconds: 0, count: 1, failureLimit: 0, inconclusiveLimit: 0, consecutiveErrorLimit: 0 };
}

/**
 * Measures until every metric has all its measurements, or one has exceeded a limit.
 *
 * As with Argo Rollouts, an interval begins when the measurements before it have ended, and all metrics are asked at once.
 * Where there is an initial delay, they are asked before it too, for what must be corrected alone: nobody should wait for that.
 */
export async function runAnalysis(document: AnalysisDocument, settings: AnalysisRunSettings): Promise<AnalysisRun> {
  const run = new Run(document, settings);
  if (document.initialDelaySeconds > 0) {
    await run.rehearse();
    await run.wait(document.initialDelaySeconds - run.elapsedSeconds);
  }
  while (!run.isOver) {
    await run.measure();
    if (!run.isOver) {
      await run.wait(document.intervalSeconds);
    }
  }
  return run.result();
}

interface Answered {
  readonly metric: AnalysisMetric;
  readonly at: number;
  readonly answer: Answer;
}

class Run {
  private readonly startedAt: number;
  private readonly counts: Map<AnalysisMetric, Counts>;
  private readonly measurements: Measurement[] = [];
  private readonly refused: Refused[] = [];

  constructor(private readonly document: AnalysisDocument, private readonly settings: AnalysisRunSettings) {
    this.startedAt = settings.now();
    this.counts = new Map(document.metrics.map((metric) => [metric, NO_COUNTS]));
  }

  get isOver(): boolean {
    const phases = this.phases();
    return this.settings.signal.aborted || this.refused.length > 0 || phases.every((phase) => phase !== undefined)
      || phases.some((phase) => phase !== undefined && phase !== 'Successful');
  }

  get elapsedSeconds(): number {
    return (this.settings.now() - this.startedAt) / 1000;
  }

  async wait(seconds: number): Promise<void> {
    if (seconds > 0 && !this.isOver) {
      this.settings.onWaiting(seconds * 1000);
      await this.settings.sleep(seconds * 1000, this.settings.signal);
    }
  }

  /** Asks everything without counting anything but refusals. */
  async rehearse(): Promise<void> {
    this.refuse(await this.answers(this.document.metrics));
  }

  /** Measures every metric that has not come to anything yet. */
  async measure(): Promise<void> {
    const { signal, onMeasured } = this.settings;
    const answers = await this.answers(this.document.metrics.filter((metric) => assessed(this.countsOf(metric), this.document) === undefined));
    if (signal.aborted) {
      return;
    }
    this.refuse(answers);
    if (this.refused.length > 0) {
      // A round that is not complete would be half an answer to a question that was put wrongly.
      return;
    }
    const round = answers.flatMap(({ metric, at, answer }) => answer.kind === 'refused' ? [] : [{ metric, measurement: measurementOf(metric, at, answer) }]);
    round.forEach(({ metric, measurement }) => {
      this.counts.set(metric, counted(this.countsOf(metric), measurement.phase));
      this.measurements.push(measurement);
    });
    onMeasured(round.map(({ measurement }) => measurement));
  }

  result(): AnalysisRun {
    const isInterrupted = this.settings.signal.aborted;
    const ended = this.phases().filter((phase) => phase !== undefined);
    return {
      ...isInterrupted || this.refused.length > 0 ? {} : { phase: worstOf(ended) },
      startedAt: this.startedAt,
      endedAt: this.settings.now(),
      results: this.document.metrics.map((metric) => this.resultOf(metric)),
      measurements: this.measurements,
      refused: this.refused,
      isInterrupted,
    };
  }

  private async answers(metrics: readonly AnalysisMetric[]): Promise<readonly Answered[]> {
    const { now, ask, signal } = this.settings;
    return Promise.all(metrics.map(async (metric) => ({ metric, at: now(), answer: await ask(metric.query, signal) })));
  }

  private refuse(answers: readonly Answered[]): void {
    answers.forEach(({ metric, answer }) => answer.kind === 'refused' && this.refused.push({ metric, refusal: answer }));
  }

  private resultOf(metric: AnalysisMetric): MetricResult {
    const counts = this.countsOf(metric);
    return { metric, counts, ...assessed(counts, this.document) ?? { message: 'the analysis ended before all was measured' } };
  }

  private phases(): (Phase | undefined)[] {
    return this.document.metrics.map((metric) => assessed(this.countsOf(metric), this.document)?.phase);
  }

  private countsOf(metric: AnalysisMetric): Counts {
    return this.counts.get(metric) ?? NO_COUNTS;
  }
}
