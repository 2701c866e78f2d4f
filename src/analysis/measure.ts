import type { AnalysisMetric } from './analysis-document';
import type { Answer, Refusal } from './answer';
import type { Phase } from './phase';

/** One look at one metric. */
export interface Measurement {
  readonly metric: string;
  /** When it was begun: milliseconds of the clock on the wall. */
  readonly at: number;
  readonly phase: Phase;
  /** The value as the source wrote it; absent where there is none. */
  readonly written?: string;
  readonly value?: number;
  /** Why the phase is what it is. */
  readonly message: string;
}

/** Judges an answer by a metric's bounds. */
export function measurementOf(metric: AnalysisMetric, at: number, answer: Exclude<Answer, Refusal>): Measurement {
  const { name } = metric;
  switch (answer.kind) {
    case 'error': return { metric: name, at, phase: 'Error', message: answer.message };
    case 'no data': return { metric: name, at, phase: 'Inconclusive', message: ['no data', ...answer.warnings].join('; ') };
    case 'value': {
      const { value, written, warnings } = answer;
      // A value of a part of what was asked for shows neither that the whole is good nor that it is not.
      const judged = warnings.length > 0 ? { phase: 'Inconclusive' as const, message: `of a part only: ${warnings.join('; ')}` } : judge(metric, value);
      return { metric: name, at, written, value, ...judged };
    }
  }
}

/** A value beyond a bound is bad; one that is no finite number is never good, because only a division by zero, or by too little, gives it. */
function judge({ max, min }: AnalysisMetric, value: number): Pick<Measurement, 'phase' | 'message'> {
  if (max !== undefined && value > max) {
    return { phase: 'Failed', message: `more than ${max}` };
  }
  if (min !== undefined && value < min) {
    return { phase: 'Failed', message: `less than ${min}` };
  }
  return Number.isFinite(value) ? { phase: 'Successful', message: 'within its bounds' } : { phase: 'Inconclusive', message: 'no finite number' };
}
