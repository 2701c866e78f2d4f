import { refuse } from '../declaration-error';
import { isTextOf, oneOf, settingsOf, shown } from '../values';

/** Names of a program's own metrics. */
export interface HttpMetricsOptions {
  /**
   * The counter of requests, one series for each status. A metric's name: letters, digits, `_` or `:`.
   * @default http_requests_total
   */
  readonly requests?: string;

  /**
   * The histogram of the time that requests take, in seconds, without its `_bucket`. It needs a bucket above each threshold.
   * @default http_request_duration_seconds
   */
  readonly duration?: string;

  /**
   * The label that holds the status of the answer. A label's name: letters, digits or `_`, and not two `_` at its beginning.
   * @default code
   */
  readonly statusLabel?: string;

  /**
   * The statuses of failed requests: a regular expression (RE2) that matches a whole value of the label. Letters, digits, `.`, `_`,
   * `|` and ranges in brackets; for gRPC, such as `Unknown|Internal|Unavailable`.
   * @default - `5..`: 500 to 599, or 5xx
   */
  readonly errorStatus?: string;

  /**
   * The label that holds the name of the pod.
   * @default pod
   */
  readonly podLabel?: string;

  /**
   * The label that holds the pod's namespace.
   * @default namespace
   */
  readonly namespaceLabel?: string;
}

/** Which proxy counts a request in a mesh. */
export enum IstioReporter {
  /** That of the caller, a gateway for one: it sees what a user sees, pods that do not answer included. */
  SOURCE = 'SOURCE',
  /** That beside the pod that answers: it sees callers outside the mesh too, but nothing of a request that never arrived. */
  DESTINATION = 'DESTINATION',
}

/** Settings of Istio's metrics. */
export interface IstioMetricsOptions {
  /**
   * Which proxy's count is read.
   * @default - `SOURCE` where its series tell the versions apart: under Flagger and native releases, and under Argo Rollouts with
   * `IstioSplit.HOSTS`; `DESTINATION` otherwise
   */
  readonly reporter?: IstioReporter;

  /**
   * The label that holds the name of the pod that answered, in series that this pod's proxy reports.
   * @default pod
   */
  readonly podLabel?: string;
}

/** Settings of the metrics of ingress-nginx. */
export interface IngressNginxMetricsOptions {
  /**
   * The label that holds the Ingress' namespace. Prometheus renames the controller's `namespace` to `exported_namespace` where
   * the scraped pod's own namespace takes the name, as it does under Prometheus Operator unless `honorLabels` is set.
   * @default exported_namespace
   */
  readonly namespaceLabel?: string;
}

/** A program's own metrics, in the planner's form. */
export interface HttpMetricsSpec extends Required<HttpMetricsOptions> {
  readonly kind: 'http';
}

/** Which metrics thresholds are read from, in the planner's form. */
export type PrometheusMetricsSpec =
  | { readonly kind: 'istio'; readonly reporter?: IstioReporter; readonly podLabel: string }
  | { readonly kind: 'ingressNginx'; readonly namespaceLabel: string }
  | HttpMetricsSpec;

/** The metrics that thresholds are read from. */
export class PrometheusMetrics {
  /** Istio's standard metrics, as the proxies count them: `istio_requests_total` and `istio_request_duration_milliseconds`. */
  static istio(options: IstioMetricsOptions = {}): PrometheusMetrics {
    settingsOf('PrometheusMetrics.istio options', options);
    return new PrometheusMetrics({
      kind: 'istio',
      reporter: oneOf('PrometheusMetrics.istio reporter', options.reporter, 'IstioReporter', IstioReporter),
      podLabel: labelName('PrometheusMetrics.istio podLabel', options.podLabel ?? 'pod'),
    });
  }

  /**
   * Those of the ingress-nginx controller: `nginx_ingress_controller_requests` and
   * `nginx_ingress_controller_request_duration_seconds`. They count no failed gRPC call, because its status is not that of HTTP.
   */
  static ingressNginx(options: IngressNginxMetricsOptions = {}): PrometheusMetrics {
    settingsOf('PrometheusMetrics.ingressNginx options', options);
    return new PrometheusMetrics({
      kind: 'ingressNginx',
      namespaceLabel: labelName('PrometheusMetrics.ingressNginx namespaceLabel', options.namespaceLabel ?? 'exported_namespace'),
    });
  }

  /** The program's own, in the form that client libraries of Prometheus suggest: a counter with the status, and a histogram. */
  static http(options: HttpMetricsOptions = {}): PrometheusMetrics {
    const field = 'PrometheusMetrics.http';
    settingsOf(`${field} options`, options);
    return new PrometheusMetrics({
      kind: 'http',
      requests: metricName(`${field} requests`, options.requests ?? 'http_requests_total'),
      duration: metricName(`${field} duration`, options.duration ?? 'http_request_duration_seconds'),
      statusLabel: labelName(`${field} statusLabel`, options.statusLabel ?? 'code'),
      errorStatus: statusPattern(`${field} errorStatus`, options.errorStatus ?? '5..'),
      podLabel: labelName(`${field} podLabel`, options.podLabel ?? 'pod'),
      namespaceLabel: labelName(`${field} namespaceLabel`, options.namespaceLabel ?? 'namespace'),
    });
  }

  /** @internal */
  readonly _spec: PrometheusMetricsSpec;

  private constructor(spec: PrometheusMetricsSpec) {
    this._spec = spec;
  }
}

// https://prometheus.io/docs/concepts/data_model/: names that need no quotes. Those that begin with two underscores are Prometheus' own.
const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL_NAME = /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/;
const STATUS_PATTERN = /^(?:[\w.|]|\[[\w-]+\])+$/;

function metricName(field: string, value: string): string {
  return isTextOf(METRIC_NAME, value) ? value : refuse(`${field} ${shown(value)} must be a metric's name: letters, digits, '_' or ':', not starting with a digit`);
}

function labelName(field: string, value: string): string {
  return isTextOf(LABEL_NAME, value)
    ? value : refuse(`${field} ${shown(value)} must be a label's name: letters, digits or '_', not starting with a digit or with two '_'`);
}

function statusPattern(field: string, value: string): string {
  return isTextOf(STATUS_PATTERN, value) && compiles(value)
    ? value : refuse(`${field} ${shown(value)} must be a regular expression of letters, digits, '_', '.', '|' and ranges in brackets, such as 5.. or Internal|Unavailable`);
}

/** Ranges may still run backwards. */
function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern) !== undefined;
  } catch {
    return false;
  }
}
