import type { AnalysisSpec } from './analysis-spec';
import { type CloudWatchAnalysisOptions, cloudWatchAnalysisSpecOf } from './cloud-watch';
import { type DatadogAnalysisOptions, datadogAnalysisSpecOf } from './datadog';
import { type PrometheusAnalysisOptions, prometheusAnalysisSpecOf } from './prometheus';
import { instanceOf } from '../values';

/** What is measured of a new version while it takes over, and what must hold of it. No data is never success. */
export class Analysis {
  /**
   * Measurements by Prometheus, or by anything that answers its queries, such as Thanos or Mimir. Every engine can read them.
   *
   * Refused where nothing must hold (no threshold and no query), and where no metrics of the declared ways in tell the versions apart.
   */
  static prometheus(options: PrometheusAnalysisOptions): Analysis {
    return new Analysis(prometheusAnalysisSpecOf(options));
  }

  /**
   * Measurements by CloudWatch, for Argo Rollouts and Flagger.
   *
   * Thresholds are read from the metrics of the Application Load Balancer, under Argo Rollouts, whose controller must run with
   * `--aws-verify-target-group`: only then does it tell which target group is the new version's, which changes with each release.
   */
  static cloudWatch(options: CloudWatchAnalysisOptions): Analysis {
    return new Analysis(cloudWatchAnalysisSpecOf(options));
  }

  /** Measurements by Datadog, for Argo Rollouts and Flagger: queries of the team's own, at least one. */
  static datadog(options: DatadogAnalysisOptions): Analysis {
    return new Analysis(datadogAnalysisSpecOf(options));
  }

  /** @internal */
  readonly _spec: AnalysisSpec;

  private constructor(spec: AnalysisSpec) {
    this._spec = spec;
  }
}

/** Reads what is measured, where something is. */
export function analysisOf(name: string, analysis: Analysis | undefined): Analysis | undefined {
  return instanceOf(name, analysis, Analysis, 'Analysis.prometheus(…)');
}
