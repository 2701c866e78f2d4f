import { renderAnalysisConfigMap } from '../../../src/manifests/analysis/analysis-config-map';
import { renderAnalysisTemplate } from '../../../src/manifests/analysis/analysis-template';
import { renderFlaggerMetrics, renderMetricTemplates } from '../../../src/manifests/analysis/metric-template';
import type { Manifest } from '../../../src/manifests/manifest';
import type { Analysis } from '../../../src/spec/analysis/analysis';
import { analysisOf, canary, ENGINES } from '../../plan/analysis/declared';
import { planned, type Props } from '../../plan/declare';

/* eslint-disable @typescript-eslint/no-explicit-any */
/** The AnalysisTemplate of a canary under Argo Rollouts. */
export function templateOf(analysis: Analysis, props: Props = {}): Manifest & { readonly spec: any } {
  const declared = canary(analysis, ENGINES.argoRollouts, props);
  return renderAnalysisTemplate(planned(declared).planned, analysisOf(declared), 'payments-analysis') as any;
}

/** The MetricTemplates of a canary under Flagger. */
export function metricTemplatesOf(analysis: Analysis): Array<Manifest & { readonly spec: any }> {
  const declared = canary(analysis, ENGINES.flagger);
  return renderMetricTemplates(planned(declared).planned, analysisOf(declared)).map(({ manifest }) => manifest as any);
}

/** The list of metrics of a Canary. */
export function metricsOf(analysis: Analysis): any[] {
  const declared = canary(analysis, ENGINES.flagger);
  return renderFlaggerMetrics(planned(declared).planned, analysisOf(declared));
}

/** The ConfigMap of a release without a controller. */
export function configMapOf(analysis: Analysis): Manifest & { readonly data: any } {
  const declared = canary(analysis, ENGINES.native);
  return renderAnalysisConfigMap(planned(declared).planned, analysisOf(declared)) as any;
}
/* eslint-enable @typescript-eslint/no-explicit-any */
