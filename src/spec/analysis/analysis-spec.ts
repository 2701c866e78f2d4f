import type { AnalysisQuerySpec } from './analysis-query';
import type { CloudWatchQuery } from './cloud-watch-query';
import type { CredentialsSpec } from './credentials';
import type { PrometheusMetricsSpec } from './prometheus-metrics';
import type { ThresholdSpec } from './thresholds';
import type { TimingSpec } from './timing';

/** Prometheus as a source of measurements, in the planner's form. */
export interface PrometheusSourceSpec {
  readonly kind: 'prometheus';
  readonly address: string;
  readonly metrics?: PrometheusMetricsSpec;
  readonly scrapeSeconds?: number;
  readonly credentials?: CredentialsSpec;
  readonly queries: readonly AnalysisQuerySpec[];
}

/** CloudWatch as one. */
export interface CloudWatchSourceSpec {
  readonly kind: 'cloudWatch';
  readonly region?: string;
  readonly queries: readonly CloudWatchQuery[];
}

/** Datadog as one. */
export interface DatadogSourceSpec {
  readonly kind: 'datadog';
  readonly secretName?: string;
  readonly queries: readonly AnalysisQuerySpec[];
}

/** Where measurements come from. Each further source is one more member. */
export type AnalysisSourceSpec = PrometheusSourceSpec | CloudWatchSourceSpec | DatadogSourceSpec;

/** An analysis in the planner's form. */
export interface AnalysisSpec {
  readonly source: AnalysisSourceSpec;
  readonly thresholds: readonly ThresholdSpec[];
  readonly timing: TimingSpec;
}
