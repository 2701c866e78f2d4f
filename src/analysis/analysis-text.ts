import type { AnalysisMetric } from './analysis-document';
import type { NamedAnalysis } from './find-analyses';
import type { Measurement } from './measure';
import { taken, type Counts } from './metric-result';
import type { Phase } from './phase';
import type { AnalysisRun, MetricResult } from './run-analysis';
import { visible } from '../reading/quoted';
import { paintFor, type Paint } from '../report/colour';

/** As wide as most values are; a longer one moves the rest of its line. */
const VALUE_WIDTH = 10;

const COLOURS = { Successful: 'green', Failed: 'red', Inconclusive: 'yellow', Error: 'yellow' } as const;

/** An analysis for people to read: what is measured, each measurement as it comes, and what it all comes to. */
export class AnalysisText {
  private readonly paint: Paint;
  private readonly nameWidth: number;
  private readonly boundsWidth: number;
  private readonly metrics: ReadonlyMap<string, AnalysisMetric>;

  constructor(private readonly analysis: NamedAnalysis, private readonly isSingleLook: boolean, hasColour: boolean) {
    const { metrics } = analysis.document;
    this.paint = paintFor(hasColour);
    this.nameWidth = Math.max(...metrics.map(({ name }) => name.length));
    this.boundsWidth = Math.max(...metrics.map((metric) => boundsText(metric).length));
    this.metrics = new Map(metrics.map((metric) => [metric.name, metric]));
  }

  /** What is about to be measured. */
  heading(): string {
    const { name, document: { address, metrics, initialDelaySeconds, intervalSeconds, count } } = this.analysis;
    const schedule = this.isSingleLook ? 'a single look' : `${count} measurements, the first after ${initialDelaySeconds} s, then every ${intervalSeconds} s`;
    return line(`${this.paint('bold', visible(name))} at ${visible(address)}, ${schedule}`, ...metrics.map((metric) => this.metricText(metric)), '');
  }

  /** One measurement: when, of what, the value, its bounds and the verdict. */
  measurement({ metric: name, at, phase, written, value, message }: Measurement): string {
    const metric = this.metrics.get(name);
    const shown = metric === undefined || value === undefined ? '-' : withUnit(numberText(value, written ?? '', metric), metric.unit);
    const reason = phase === 'Inconclusive' || phase === 'Error' ? `: ${visible(message)}` : '';
    return line(`${timeText(at)}  ${this.named(name)}  ${shown.padEnd(VALUE_WIDTH)}  ${this.bounds(metric)}  ${this.painted(phase)}${reason}`);
  }

  /** What the analysis has come to, metric by metric. */
  summary({ results, phase, isInterrupted }: AnalysisRun): string {
    const whole = phase === undefined ? isInterrupted ? 'interrupted' : 'ended by bad input' : this.painted(phase);
    // Of a single look the measurements have said everything.
    return line('', ...this.isSingleLook ? [] : results.map((result) => this.resultText(result)), `${visible(this.analysis.name)}: ${whole}`);
  }

  private metricText(metric: AnalysisMetric): string {
    return `  ${this.named(metric.name)}  ${this.bounds(metric)}${metric.text === '' ? '' : `  ${this.paint('dim', visible(metric.text))}`}`;
  }

  private resultText({ metric, counts, phase, message }: MetricResult): string {
    return `${this.named(metric.name)}  ${phase === undefined ? 'undecided' : this.painted(phase)}: ${message} (${countsText(counts)})`;
  }

  private bounds(metric: AnalysisMetric | undefined): string {
    return (metric === undefined ? '' : boundsText(metric)).padEnd(this.boundsWidth);
  }

  private named(name: string): string {
    return name.padEnd(this.nameWidth);
  }

  private painted(phase: Phase): string {
    return this.paint(COLOURS[phase], phase);
  }
}

function line(...lines: readonly string[]): string {
  return lines.map((text) => `${text}\n`).join('');
}

/** A time without the fraction of its second. */
export function timeText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}

function countsText(counts: Counts): string {
  const { successful, failed, inconclusive, error } = counts;
  const parts = [[successful, 'Successful'], [failed, 'Failed'], [inconclusive, 'Inconclusive'], [error, 'Error']] as const;
  return taken(counts) + error === 0 ? 'nothing measured' : parts.filter(([count]) => count > 0).map(([count, phase]) => `${count} ${phase}`).join(', ');
}

/** The bounds of a good value: `≤ 0.01`, or `≥ 5, ≤ 9 s`. */
export function boundsText({ max, min, unit }: Pick<AnalysisMetric, 'max' | 'min' | 'unit'>): string {
  const bounds = [...min === undefined ? [] : [`≥ ${min}`], ...max === undefined ? [] : [`≤ ${max}`]];
  return withUnit(bounds.join(', '), unit);
}

const FEWEST_DIGITS = 4;
const MOST_DIGITS = 17;

/** A value in as few digits as show on which side of its bounds it is. */
function numberText(value: number, written: string, { max, min }: AnalysisMetric): string {
  if (!Number.isFinite(value)) {
    return written;
  }
  const sides = (of: number) => [max, min].map((bound) => bound === undefined ? 0 : Math.sign(of - bound)).join();
  for (let digits = FEWEST_DIGITS; digits < MOST_DIGITS; digits += 1) {
    const shortened = Number(value.toPrecision(digits));
    if (sides(shortened) === sides(value)) {
      return String(shortened);
    }
  }
  return String(value);
}

function withUnit(text: string, unit: string): string {
  return unit === '' ? text : `${text} ${visible(unit)}`;
}
