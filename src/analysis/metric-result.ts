import type { AnalysisLimits } from './analysis-document';
import type { Phase } from './phase';

/** The measurements of one metric, counted as Argo Rollouts counts them. */
export interface Counts {
  readonly successful: number;
  readonly failed: number;
  readonly inconclusive: number;
  readonly error: number;
  /** Errors since the last measurement that was none. */
  readonly consecutiveError: number;
}

export const NO_COUNTS: Counts = { successful: 0, failed: 0, inconclusive: 0, error: 0, consecutiveError: 0 };

/** Counts one more measurement. */
export function counted(counts: Counts, phase: Phase): Counts {
  switch (phase) {
    case 'Successful': return { ...counts, successful: counts.successful + 1, consecutiveError: 0 };
    case 'Failed': return { ...counts, failed: counts.failed + 1, consecutiveError: 0 };
    case 'Inconclusive': return { ...counts, inconclusive: counts.inconclusive + 1, consecutiveError: 0 };
    case 'Error': return { ...counts, error: counts.error + 1, consecutiveError: counts.consecutiveError + 1 };
  }
}

/** How many measurements count towards those that an analysis takes: an error measures nothing, and is made up for. */
export function taken({ successful, failed, inconclusive }: Counts): number {
  return successful + failed + inconclusive;
}

/** What a metric has come to, and by which limit. */
export interface Assessment {
  readonly phase: Phase;
  readonly message: string;
}

/**
 * What a metric has come to; nothing while more is to be measured.
 *
 * The limits are looked at before the number of measurements, and in this order, as Argo Rollouts does (`assessMetricStatus` of
 * analysis/analysis.go): a metric that is within its limits when all is measured is Successful, whatever was not.
 */
export function assessed(counts: Counts, limits: AnalysisLimits & { readonly count: number }): Assessment | undefined {
  const { failed, inconclusive, consecutiveError } = counts;
  if (failed > limits.failureLimit) {
    return { phase: 'Failed', message: `failed ${failed} > failureLimit ${limits.failureLimit}` };
  }
  if (inconclusive > limits.inconclusiveLimit) {
    return { phase: 'Inconclusive', message: `inconclusive ${inconclusive} > inconclusiveLimit ${limits.inconclusiveLimit}` };
  }
  if (consecutiveError > limits.consecutiveErrorLimit) {
    return { phase: 'Error', message: `consecutive errors ${consecutiveError} > consecutiveErrorLimit ${limits.consecutiveErrorLimit}` };
  }
  return taken(counts) >= limits.count ? { phase: 'Successful', message: `all ${limits.count} measured, within the limits` } : undefined;
}
