/** Names of a program's own metrics. */
export interface HttpMetricsOptions {
  /**
   * The counter of requests.
   * @default http_requests_total
   */
  readonly requests?: string;

  /**
   * The histogram of the time that requests take, in seconds, without its `_bucket`.
   * @default http_request_duration_seconds
   */
  readonly duration?: string;

  /**
   * The label that holds the status of the answer.
   * @default code
   */
  readonly statusLabel?: string;

  /**
   * The label that holds the name of the pod.
   * @default pod
   */
  readonly podLabel?: string;
}

/** Settings of Istio's metrics. */
export interface IstioMetricsOptions {
  /**
   * The label that holds the name of the pod that answered.
   * @default pod
   */
  readonly podLabel?: string;
}

/** Which metrics thresholds are read from, in the planner's form. */
export type PrometheusMetricsSpec =
  | { readonly kind: 'istio'; readonly podLabel: string }
  | { readonly kind: 'ingressNginx' }
  | { readonly kind: 'http'; readonly requests: string; readonly duration: string; readonly statusLabel: string; readonly podLabel: string };

/** The metrics that thresholds are read from. */
export class PrometheusMetrics {
  /** Istio's standard metrics, as the proxies beside the pods count them. */
  static istio(options: IstioMetricsOptions = {}): PrometheusMetrics {
    return new PrometheusMetrics({ kind: 'istio', podLabel: options.podLabel ?? 'pod' });
  }

  /** Those of the ingress-nginx controller. */
  static ingressNginx(): PrometheusMetrics {
    return new PrometheusMetrics({ kind: 'ingressNginx' });
  }

  /** The program's own, in the form that client libraries of Prometheus suggest. */
  static http(options: HttpMetricsOptions = {}): PrometheusMetrics {
    return new PrometheusMetrics({
      kind: 'http',
      requests: options.requests ?? 'http_requests_total',
      duration: options.duration ?? 'http_request_duration_seconds',
      statusLabel: options.statusLabel ?? 'code',
      podLabel: options.podLabel ?? 'pod',
    });
  }

  /** @internal */
  readonly _spec: PrometheusMetricsSpec;

  private constructor(spec: PrometheusMetricsSpec) {
    this._spec = spec;
  }
}
