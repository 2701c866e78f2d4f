import type { Duration } from 'cdk8s';
import type { PrometheusMetrics, PrometheusMetricsSpec } from './analysis/prometheus-metrics';
import { refuse } from './declaration-error';
import { labelsWithin } from './names';
import { httpUrl } from './url';
import { quoted, secondsWithin } from './values';

/** Settings of alerts and a dashboard for Prometheus Operator and Grafana. */
export interface PrometheusOperatorOptions {
  /**
   * Labels of the PrometheusRule, by which a Prometheus selects its rules, such as `release: kube-prometheus-stack`.
   * @default - those of every object of the service
   */
  readonly labels?: { readonly [name: string]: string };

  /**
   * The share of the service's requests that must be answered without failure, over 30 days, in percent: from 95 to 99.999. Alerts
   * then tell that its error budget burns, and that a version which is being released burns it.
   * @default - none: nothing is said of requests
   */
  readonly availabilityTarget?: number;

  /**
   * The metrics that requests are read from.
   * @default - those of the analysis, where it reads Prometheus; otherwise those of the declared way in, as of an analysis
   */
  readonly metrics?: PrometheusMetrics;

  /**
   * The longest that an approval may take until somebody is told, from 1 minute to 7 days. Without a controller the pipeline may take
   * as long once more between its steps.
   * @default Duration.hours(1)
   */
  readonly approvalWithin?: Duration;

  /**
   * A page that says what to do about the alerts. Each alert refers to it with its own name, in lower case, as the fragment.
   * @default - none
   */
  readonly runbookUrl?: string;
}

/** Alerts and a dashboard, in the planner's form. */
export interface MonitoringSpec {
  readonly labels: Readonly<Record<string, string>>;
  /** In percent. */
  readonly availabilityTarget?: number;
  readonly metrics?: PrometheusMetricsSpec;
  readonly approvalWithin: { readonly seconds: number; readonly isDefault: boolean };
  readonly runbookUrl?: string;
}

/** Who is told of a release that does not go as it was planned, and where it can be watched. */
export class Monitoring {
  /**
   * A PrometheusRule with alerts for the declared engine, and a ConfigMap with a dashboard that Grafana's sidecar finds by the label
   * `grafana_dashboard: "1"`.
   * @see https://prometheus-operator.dev/docs/developer/alerting/
   */
  static prometheusOperator(options: PrometheusOperatorOptions = {}): Monitoring {
    const field = 'Monitoring.prometheusOperator';
    return new Monitoring({
      labels: ownLabels(`${field} labels`, options.labels ?? {}),
      availabilityTarget: options.availabilityTarget === undefined ? undefined : targetWithin(`${field} availabilityTarget`, options.availabilityTarget),
      metrics: options.metrics?._spec,
      approvalWithin: {
        seconds: options.approvalWithin === undefined ? HOUR : secondsWithin(`${field} approvalWithin`, options.approvalWithin, 60, 604_800),
        isDefault: options.approvalWithin === undefined,
      },
      runbookUrl: options.runbookUrl === undefined ? undefined : pageUrl(`${field} runbookUrl`, options.runbookUrl),
    });
  }

  /** @internal */
  readonly _spec: MonitoringSpec;

  private constructor(spec: MonitoringSpec) {
    this._spec = spec;
  }
}

const HOUR = 3600;

/** The labels that the library sets on every object. */
const SET_LABELS = ['app.kubernetes.io/name', 'app.kubernetes.io/managed-by'];

function ownLabels(field: string, labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const taken = Object.keys(labels).find((key) => SET_LABELS.includes(key));
  return taken === undefined ? labelsWithin(field, labels) : refuse(`${field} ${taken} cannot be given: the library sets it`);
}

// Below 93.06 % the factor 14.4 of the fast alert asks for more failures than there are requests.
function targetWithin(field: string, percent: number): number {
  return percent >= 95 && percent <= 99.999
    ? percent : refuse(`${field} ${percent} must be from 95 to 99.999, in percent`);
}

function pageUrl(field: string, url: string): string {
  // Prometheus fills in what stands in double braces.
  return /#|\{\{/.test(httpUrl(field, url))
    ? refuse(`${field} ${quoted(url)} must hold neither a fragment, which names the alert, nor '{{', which Prometheus would fill in; leave them out`) : url;
}
