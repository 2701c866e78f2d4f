import { reporterOf, seriesOf } from './series';
import type { AnalysisSpec } from '../../spec/analysis/analysis-spec';
import { IstioReporter, type PrometheusMetricsSpec } from '../../spec/analysis/prometheus-metrics';
import type { ThresholdSpec } from '../../spec/analysis/thresholds';
import type { ServiceSpec } from '../../spec/service-spec';
import type { Ledger } from '../ledger';

interface Measurements {
  readonly spec: ServiceSpec;
  readonly ledger: Ledger;
  readonly name: string;
  readonly analysis: AnalysisSpec;
  readonly metrics?: PrometheusMetricsSpec;
  readonly window: number;
  readonly share?: number;
}

/** Notes what must be measured outside the manifests, and what happens where it is not. */
export function requireMeasurements(measurements: Measurements): void {
  const { spec, ledger, name, analysis, metrics, window, share } = measurements;
  const { source, thresholds, timing: { requestsPerSecond, minRequests } } = analysis;
  if (source.kind !== 'datadog' && thresholds.length > 0 && (requestsPerSecond === undefined || share === undefined)) {
    ledger.require('cluster', `${name}: the new version answers at least ${minRequests} requests in ${window}s${share === undefined ? '' : ` at a share of ${share}%`}; `
      + 'in a quieter hour a measurement has no result, and the release does not go on by itself');
  }
  if (metrics !== undefined && thresholds.length > 0) {
    ledger.require(metrics.kind === 'http' ? 'program' : 'cluster', `${name}: ${madeOf(spec, metrics)}`);
    bucketsOf(spec, metrics, thresholds).forEach((text) => ledger.require('program', `${name}: ${text}`));
  }
  if (source.kind === 'cloudWatch' && thresholds.length > 0) {
    ledger.require('cluster', `${name}: the controller of Argo Rollouts runs with --aws-verify-target-group and may read CloudWatch and Elastic Load Balancing, `
      + 'or it does not know the new version\'s target group');
  }
}

function madeOf(spec: ServiceSpec, metrics: PrometheusMetricsSpec): string {
  switch (metrics.kind) {
    case 'istio': return reporterOf(spec, metrics) === IstioReporter.SOURCE
      ? 'Prometheus scrapes the proxies of all callers, gateways included: what they do not report is not measured'
      : `Prometheus scrapes the proxies of the pods and labels their series with ${metrics.podLabel}; a request that reached no pod is not measured`;
    case 'ingressNginx': return `Prometheus scrapes the controller, and the Ingress' namespace is in the label ${metrics.namespaceLabel}`;
    case 'http': return `the program counts its requests in ${metrics.requests} by ${metrics.statusLabel}, and Prometheus labels them with `
      + `${metrics.podLabel} and ${metrics.namespaceLabel}; a request that reached no pod is not measured`;
  }
}

/** Istio's buckets end at an hour. */
function bucketsOf(spec: ServiceSpec, metrics: PrometheusMetricsSpec, thresholds: readonly ThresholdSpec[]): string[] {
  const slowest = Math.max(0, ...thresholds.map((threshold) => threshold.kind === 'quantile' ? threshold.max : 0));
  return metrics.kind === 'istio' || slowest === 0 ? [] : [
    `${seriesOf(spec, metrics).duration} has a bucket above ${slowest}s besides that of all requests; without one no request is ever seen to be slower`,
  ];
}
