import { measuredVersionsOf } from '../../plan/analysis/measured-versions';
import type { PlannedAnalysis, PlannedMetric, PlannedSource } from '../../plan/analysis/planned-analysis';
import type { Planned } from '../../plan/planned-service';
import { type Manifest, metadataOf, type Rendered, withoutAbsent } from '../manifest';

/**
 * Renders the MetricTemplates of Flagger, one for each metric.
 * @see https://docs.flagger.app/usage/metrics#custom-metrics
 */
export function renderMetricTemplates(planned: Planned, analysis: PlannedAnalysis): Rendered[] {
  return analysis.metrics.map((metric) => ({ id: `metric-template-${metric.name}`, manifest: renderMetricTemplate(planned, analysis, metric) }));
}

function renderMetricTemplate(planned: Planned, { source }: PlannedAnalysis, metric: PlannedMetric): Manifest {
  const versions = measuredVersionsOf(planned.rollout, planned.spec.name);
  return {
    apiVersion: 'flagger.app/v1beta1',
    kind: 'MetricTemplate',
    metadata: metadataOf(planned, {}, { name: templateName(planned, metric) }),
    spec: { provider: renderProvider(source), query: metric.queryFor(versions) },
  };
}

function renderProvider(source: PlannedSource): object {
  const secretRef = (name: string | undefined) => name === undefined ? undefined : { name };
  switch (source.kind) {
    case 'prometheus': return withoutAbsent({ type: 'prometheus', address: source.address, secretRef: secretRef(source.credentials?.secretName) });
    case 'cloudWatch': return withoutAbsent({ type: 'cloudwatch', region: source.region });
    case 'datadog': return withoutAbsent({ type: 'datadog', secretRef: secretRef(source.secretName) });
  }
}

/** Renders the list of a Canary's `spec.analysis.metrics`. */
export function renderFlaggerMetrics(planned: Planned, analysis: PlannedAnalysis): object[] {
  return analysis.metrics.map((metric) => ({
    name: metric.name,
    templateRef: { name: templateName(planned, metric) },
    thresholdRange: withoutAbsent({ max: metric.max, min: metric.min }),
    interval: `${intervalOf(analysis)}s`,
  }));
}

/**
 * Queries of Prometheus hold their window themselves. The other sources are asked for ten times this interval, of which Flagger
 * reads the newest number.
 */
function intervalOf({ source, interval, window }: PlannedAnalysis): number {
  return source.kind === 'prometheus' ? interval : Math.ceil(2 * window / 10);
}

function templateName({ spec }: Planned, { name }: PlannedMetric): string {
  return `${spec.name}-${name}`;
}
