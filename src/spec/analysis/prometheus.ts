import type { Duration } from 'cdk8s';
import { type AnalysisQuery, analysisQueriesOf } from './analysis-query';
import type { AnalysisSpec } from './analysis-spec';
import { credentialsOf, type PrometheusCredentials } from './credentials';
import { PrometheusMetrics } from './prometheus-metrics';
import { checkMeasures, type ComparisonOptions, type ThresholdOptions, thresholdSpecsOf } from './thresholds';
import { type AnalysisTimingOptions, timingSpecOf } from './timing';
import { httpUrl } from '../url';
import { instanceOf, optionalSeconds, settingsOf } from '../values';

/** Settings of an analysis by Prometheus. */
export interface PrometheusAnalysisOptions extends ThresholdOptions, ComparisonOptions, AnalysisTimingOptions {
  /**
   * Where Prometheus answers, such as `http://prometheus.monitoring:9090`: with `http://` or `https://`, with a path where it has one, as
   * Mimir does, and as the engine's controller reaches it.
   */
  readonly address: string;

  /**
   * The metrics that thresholds are read from. Refused where their series do not tell the versions apart under the engine.
   * @default - those of the declared way in: Istio's, or else ingress-nginx's where they tell the versions apart;
   * `PrometheusMetrics.http()` otherwise
   */
  readonly metrics?: PrometheusMetrics;

  /**
   * Queries of the team's own, besides the thresholds. One threshold or query is needed.
   * @default - none
   */
  readonly queries?: AnalysisQuery[];

  /**
   * How often Prometheus scrapes the metrics, from 1 second to 10 minutes: `scrape_interval` of its job. Windows, intervals and delays
   * follow from it. The default is that of Prometheus Operator.
   * @default Duration.seconds(30)
   */
  readonly scrapeInterval?: Duration;

  /**
   * The Secret, in the service's namespace, with the credentials for Prometheus.
   * @default - none are needed
   */
  readonly credentials?: PrometheusCredentials;
}

/** Reads the settings of an analysis by Prometheus. */
export function prometheusAnalysisSpecOf(options: PrometheusAnalysisOptions): AnalysisSpec {
  const field = 'Analysis.prometheus';
  const thresholds = thresholdSpecsOf(field, settingsOf(`${field} options`, options));
  const queries = analysisQueriesOf(field, options.queries ?? []);
  checkMeasures(field, [...thresholds, ...queries]);
  return {
    source: {
      kind: 'prometheus',
      address: httpUrl(`${field} address`, options.address),
      metrics: instanceOf(`${field} metrics`, options.metrics, PrometheusMetrics, 'PrometheusMetrics.istio()')?._spec,
      scrapeSeconds: optionalSeconds(`${field} scrapeInterval`, options.scrapeInterval, 1, 600),
      credentials: credentialsOf(`${field} credentials`, options.credentials),
      queries,
    },
    thresholds,
    timing: timingSpecOf(field, options),
  };
}
