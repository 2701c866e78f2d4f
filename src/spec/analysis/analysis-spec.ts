import type { AnalysisQuerySpec } from './analysis-query';
import type { PrometheusMetricsSpec } from './prometheus-metrics';
import type { ThresholdSpec } from './thresholds';
import type { TimingSpec } from './timing';

/** Prometheus as a source of measurements, in the planner's form. */
export interface PrometheusSourceSpec {
  readonly kind: 'prometheus';
  readonly address: string;
  readonly metrics?: PrometheusMetricsSpec;
  readonly scrapeSeconds?: number;
  readonly credentialsSecret?: string;
}

/** Where measurements come from. Each further source is one more member. */
export type AnalysisSourceSpec = PrometheusSourceSpec;

/** An analysis in the planner's form. */
export interface AnalysisSpec {
  readonly source: AnalysisSourceSpec;
  readonly thresholds: readonly ThresholdSpec[];
  readonly queries: readonly AnalysisQuerySpec[];
  readonly timing: TimingSpec;
}
