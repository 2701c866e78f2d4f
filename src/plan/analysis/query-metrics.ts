import type { MeasuredVersion } from './measured-versions';
import type { PlannedMetric } from './planned-analysis';
import { showMatchers } from './promql';
import { podMatchers } from './series';
import type { AnalysisQuerySpec } from '../../spec/analysis/analysis-query';
import type { PrometheusMetricsSpec } from '../../spec/analysis/prometheus-metrics';
import type { ServiceSpec } from '../../spec/service-spec';

/** A team's own query of Prometheus. */
export function prometheusQueryMetric(
  spec: ServiceSpec, metrics: PrometheusMetricsSpec | undefined, query: AnalysisQuerySpec, window: number,
): PlannedMetric {
  const podLabel = metrics !== undefined && 'podLabel' in metrics ? metrics.podLabel : undefined;
  const namespaceLabel = metrics?.kind === 'http' ? metrics.namespaceLabel : undefined;
  return queryMetric(query, `${window}s`, (version) => showMatchers(podMatchers(spec, version, podLabel, namespaceLabel)));
}

/** A team's own query of Datadog. */
export function datadogQueryMetric(spec: ServiceSpec, query: AnalysisQuerySpec, window: number): PlannedMetric {
  const namespace = spec.namespace === undefined ? [] : [`kube_namespace:${spec.namespace}`];
  return queryMetric(query, String(window), ({ workload, hash }) => [
    ...namespace,
    workload === undefined ? `kube_replica_set:${spec.name}-${hash}` : `kube_deployment:${workload}`,
  ].join(','));
}

function queryMetric({ name, query, max, min }: AnalysisQuerySpec, window: string, select: (version: MeasuredVersion) => string): PlannedMetric {
  return {
    name,
    text: name,
    unit: '',
    max,
    min,
    // Functions, because a replacement text's own $ would be read as a pattern's.
    queryFor: ({ canary, stable }) => query
      .replace(/\$canary\b/g, () => select(canary)).replace(/\$stable\b/g, () => select(stable)).replace(/\$window\b/g, () => window),
  };
}
