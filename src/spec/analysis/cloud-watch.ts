import type { AnalysisSpec } from './analysis-spec';
import { checkCloudWatchQuery, type CloudWatchQuery } from './cloud-watch-query';
import { checkMeasures, type ThresholdOptions, thresholdSpecsOf } from './thresholds';
import { type AnalysisTimingOptions, timingSpecOf } from './timing';
import { refuse } from '../declaration-error';
import { isTextOf, listOf, settingsOf, shown } from '../values';

/** Settings of an analysis by CloudWatch. */
export interface CloudWatchAnalysisOptions extends ThresholdOptions, AnalysisTimingOptions {
  /**
   * The region of AWS, such as `eu-west-1`; refused where it is none. Flagger needs it.
   * @default - that of the engine's controller
   */
  readonly region?: string;

  /**
   * Queries of the team's own, besides the thresholds, which are read from the metrics of the Application Load Balancer. One threshold
   * or query is needed.
   * @default - none
   */
  readonly queries?: CloudWatchQuery[];
}

const REGION = /^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/;

/** Reads the settings of an analysis by CloudWatch. */
export function cloudWatchAnalysisSpecOf(options: CloudWatchAnalysisOptions): AnalysisSpec {
  const field = 'Analysis.cloudWatch';
  const thresholds = thresholdSpecsOf(field, settingsOf(`${field} options`, options));
  const queries = listOf(`${field} queries`, options.queries ?? []);
  queries.forEach((query, index) => checkCloudWatchQuery(field, settingsOf(`${field} queries ${index + 1}:`, query), queries.slice(0, index)));
  checkMeasures(field, [...thresholds, ...queries]);
  if (options.region !== undefined && !isTextOf(REGION, options.region)) {
    refuse(`${field} region ${shown(options.region)} must be a region of AWS, such as eu-west-1`);
  }
  return { source: { kind: 'cloudWatch', region: options.region, queries }, thresholds, timing: timingSpecOf(field, options) };
}
