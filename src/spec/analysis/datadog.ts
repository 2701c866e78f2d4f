import { type AnalysisQuery, analysisQueriesOf } from './analysis-query';
import type { AnalysisSpec } from './analysis-spec';
import { checkMeasures } from './thresholds';
import { type AnalysisTimingOptions, timingSpecOf } from './timing';
import { refuseIf } from '../declaration-error';
import { dnsSubdomainProblem } from '../names';
import { settingsOf } from '../values';

/** Settings of an analysis by Datadog. */
export interface DatadogAnalysisOptions extends AnalysisTimingOptions {
  /**
   * What is asked, in Datadog's language of metric queries. `$canary` stands for tags that select the new version's pods:
   * `kube_namespace` with `kube_replica_set` under Argo Rollouts, and with `kube_deployment` under Flagger. `$window` is a number of
   * seconds, as `rollup` takes it. At least one query is needed. How many requests are too few is for the query to say: `minRequests` is not applied.
   */
  readonly queries: AnalysisQuery[];

  /**
   * The Secret, in the service's namespace, with the keys. Argo Rollouts reads `address`, `api-key` and `app-key` from it, Flagger
   * `datadog_api_key` and `datadog_application_key`.
   * @default - the Secret `datadog` in the namespace of Argo Rollouts' controller; Flagger needs one
   */
  readonly secretName?: string;
}

/** Reads the settings of an analysis by Datadog. */
export function datadogAnalysisSpecOf(options: DatadogAnalysisOptions): AnalysisSpec {
  const field = 'Analysis.datadog';
  const queries = analysisQueriesOf(field, settingsOf(`${field} options`, options).queries);
  checkMeasures(field, queries);
  refuseIf(options.secretName === undefined ? undefined : dnsSubdomainProblem(`${field} secretName`, options.secretName));
  return { source: { kind: 'datadog', secretName: options.secretName, queries }, thresholds: [], timing: timingSpecOf(field, options) };
}
