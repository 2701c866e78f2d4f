import type { AnalysisSpec } from './analysis-spec';
import { type PrometheusAnalysisOptions, prometheusAnalysisSpecOf } from './prometheus';

/** What is measured of a new version while it takes over, and what must hold of it. No data is never success. */
export class Analysis {
  /** Measurements by Prometheus, or by anything that answers its queries, such as Thanos or Mimir. */
  static prometheus(options: PrometheusAnalysisOptions): Analysis {
    return new Analysis(prometheusAnalysisSpecOf(options));
  }

  /** @internal */
  readonly _spec: AnalysisSpec;

  private constructor(spec: AnalysisSpec) {
    this._spec = spec;
  }
}
