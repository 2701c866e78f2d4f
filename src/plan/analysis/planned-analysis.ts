import type { MeasuredVersions } from './measured-versions';
import type { CredentialsSpec } from '../../spec/analysis/credentials';

/** Where measurements come from. Each further source is one more member. */
export type PlannedSource =
  | { readonly kind: 'prometheus'; readonly address: string; readonly credentials?: CredentialsSpec }
  | { readonly kind: 'cloudWatch'; readonly region?: string; readonly readsTargetGroups: boolean }
  | { readonly kind: 'datadog'; readonly secretName?: string };

/** One question that is asked of the source at every measurement. */
export interface PlannedMetric {
  /** Its name, such as `error-rate`: permanent, because alerts and dashboards refer to it. */
  readonly name: string;
  /** What it measures, in words. */
  readonly text: string;
  /** The unit of its result: `s`, or nothing for a share or a count. */
  readonly unit: 's' | '';
  /** The largest good result. */
  readonly max?: number;
  /** The smallest good result. */
  readonly min?: number;
  /** Results below it say that there was too little to judge, where the source has no other way to say so. */
  readonly validFrom?: number;
  /** The query for one engine's versions. Its result has no value, or NaN, where there is too little to judge. */
  readonly queryFor: (versions: MeasuredVersions) => string;
}

/** What is measured at each share of the traffic, and when. Times are in seconds. */
export interface PlannedAnalysis {
  readonly source: PlannedSource;
  readonly metrics: readonly PlannedMetric[];
  /** From the change of the share to the first measurement. */
  readonly initialDelay: number;
  readonly interval: number;
  /** Measurements at each share. */
  readonly count: number;
  /** The time over which a measurement looks back. */
  readonly window: number;
  readonly failureLimit: number;
  readonly inconclusiveLimit: number;
  readonly consecutiveErrorLimit: number;
}

/** The time until the last measurement, where no query has to be repeated; in seconds. */
export function lastingOf({ initialDelay, count, interval }: PlannedAnalysis): number {
  return initialDelay + (count - 1) * interval;
}

/** The longest that an engine waits for an answer, in seconds: Argo Rollouts gives a query up after 30, and Flagger after 5. */
export const QUERY_TIMEOUT = 30;
