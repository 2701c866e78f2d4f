import { measuredVersionsOf } from '../../plan/analysis/measured-versions';
import type { PlannedAnalysis } from '../../plan/analysis/planned-analysis';
import type { Planned } from '../../plan/planned-service';
import { type Manifest, metadataOf, withoutAbsent } from '../manifest';

/** The label by which `zero-downtime analyze` finds an analysis among manifests. */
export const ANALYSIS_LABEL = 'zero-downtime/analysis';

/** The key of the ConfigMap that holds the analysis. */
export const ANALYSIS_KEY = 'analysis.json';

/** Renders an analysis for `zero-downtime analyze`. Credentials are never in it: the command reads them where it runs. */
export function renderAnalysisConfigMap(planned: Planned, analysis: PlannedAnalysis): Manifest {
  const metadata = metadataOf(planned, {}, { name: `${planned.spec.name}-analysis` });
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...metadata, labels: { ...metadata.labels, [ANALYSIS_LABEL]: 'true' } },
    data: { [ANALYSIS_KEY]: JSON.stringify(renderAnalysis(planned, analysis), null, 2) },
  };
}

function renderAnalysis({ spec, rollout }: Planned, analysis: PlannedAnalysis): object {
  if (analysis.source.kind !== 'prometheus') {
    throw new Error(`zero-downtime analyze does not read ${analysis.source.kind}`);
  }
  const versions = measuredVersionsOf(rollout, spec.name);
  return {
    version: 1,
    source: { kind: 'prometheus', address: analysis.source.address },
    metrics: analysis.metrics.map(({ name, text, unit, max, min, queryFor }) =>
      withoutAbsent({ name, text, unit, max, min, query: queryFor(versions) })),
    initialDelaySeconds: analysis.initialDelay,
    intervalSeconds: analysis.interval,
    count: analysis.count,
    windowSeconds: analysis.window,
    failureLimit: analysis.failureLimit,
    inconclusiveLimit: analysis.inconclusiveLimit,
    consecutiveErrorLimit: analysis.consecutiveErrorLimit,
  };
}
