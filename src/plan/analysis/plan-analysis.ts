import { analysisProblems } from './check-analysis';
import { cloudWatchQueryMetric, loadBalancerMetric } from './cloud-watch-metrics';
import { measuredVersionsOf } from './measured-versions';
import { type PlannedTiming, planTiming } from './plan-timing';
import type { PlannedAnalysis, PlannedMetric, PlannedSource } from './planned-analysis';
import { datadogQueryMetric, prometheusQueryMetric } from './query-metrics';
import { requireMeasurements } from './requirements';
import { customaryMetrics, seriesOf } from './series';
import { thresholdMetric } from './threshold-metrics';
import type { Analysis } from '../../spec/analysis/analysis';
import type { AnalysisSpec } from '../../spec/analysis/analysis-spec';
import type { PrometheusMetricsSpec } from '../../spec/analysis/prometheus-metrics';
import type { ServiceSpec } from '../../spec/service-spec';
import type { Amount } from '../amount';
import type { Capacity } from '../capacity';
import type { Context } from '../context';
import type { Path } from '../traffic/path';

interface AnalysisQuestion {
  readonly context: Context;
  readonly paths: readonly Path[];
  readonly capacity: Capacity;
}

/** An analysis, and how long each share must be held for it. */
export interface DecidedAnalysis {
  readonly planned: PlannedAnalysis;
  readonly seconds: Amount;
}

/**
 * Decides what is measured, where an analysis was declared.
 * @param smallestWeight the smallest share of the traffic at which it is made, in percent
 * @param name its name in the plan: `analysis`, or `previewAnalysis` for the one before a blue-green release switches
 */
export function planAnalysis(
  { context, paths }: AnalysisQuestion, analysis: Analysis | undefined, smallestWeight: number, name: 'analysis' | 'previewAnalysis' = 'analysis',
): DecidedAnalysis | undefined {
  const { spec, ledger } = context;
  if (!analysis || spec.rollout.kind === 'rolling') {
    return undefined;
  }
  const { source, timing } = analysis._spec;
  const metrics = source.kind === 'prometheus' ? source.metrics ?? customaryMetrics(spec) : undefined;
  const isPreview = name === 'previewAnalysis';
  analysisProblems({
    spec,
    engine: spec.rollout.engine,
    analysis: analysis._spec,
    metrics,
    versions: measuredVersionsOf(spec.rollout, spec.name),
    isAfterSwitch: spec.rollout.kind === 'blueGreen' && !isPreview,
  }).forEach((problem) => ledger.problem(problem));
  // Who asks a preview, and how many requests carry a header, nobody has said.
  const share = isPreview || spec.rollout.kind === 'abTest' ? undefined : smallestWeight;
  const times = planTiming({ ledger, paths, name, source, timing, share });
  requireMeasurements({ spec, ledger, name, analysis: analysis._spec, metrics, window: times.window, share });
  return { planned: plannedOf(spec, analysis._spec, metrics, times), seconds: times.duration };
}

function plannedOf(spec: ServiceSpec, analysis: AnalysisSpec, metrics: PrometheusMetricsSpec | undefined, times: PlannedTiming): PlannedAnalysis {
  const { measurements, failureLimit, inconclusiveLimit, consecutiveErrorLimit } = analysis.timing;
  return {
    source: sourceOf(analysis),
    metrics: metricsOf(spec, analysis, metrics, times.window),
    initialDelay: times.initialDelay,
    interval: times.interval,
    count: measurements,
    window: times.window,
    failureLimit,
    inconclusiveLimit,
    consecutiveErrorLimit,
  };
}

function sourceOf({ source, thresholds }: AnalysisSpec): PlannedSource {
  switch (source.kind) {
    case 'prometheus': return { kind: 'prometheus', address: source.address, credentials: source.credentials };
    case 'cloudWatch': return { kind: 'cloudWatch', region: source.region, readsTargetGroups: thresholds.length > 0 };
    case 'datadog': return { kind: 'datadog', secretName: source.secretName };
  }
}

function metricsOf(
  spec: ServiceSpec, { source, thresholds, timing }: AnalysisSpec, metrics: PrometheusMetricsSpec | undefined, window: number,
): PlannedMetric[] {
  switch (source.kind) {
    case 'prometheus': return [
      ...metrics === undefined ? [] : thresholds.map((threshold) => thresholdMetric(threshold, {
        series: seriesOf(spec, metrics), window, minRequests: timing.minRequests,
      })),
      ...source.queries.map((query) => prometheusQueryMetric(spec, metrics, query, window)),
    ];
    case 'cloudWatch': return [
      ...thresholds.map((threshold) => loadBalancerMetric(threshold, window, timing.minRequests)),
      ...source.queries.map((query) => cloudWatchQueryMetric(query, window)),
    ];
    case 'datadog': return source.queries.map((query) => datadogQueryMetric(spec, query, window));
  }
}
