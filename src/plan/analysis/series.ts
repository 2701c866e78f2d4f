import type { MeasuredVersion } from './measured-versions';
import { equals, literally, type Matcher, matches, matchesNot } from './promql';
import { type HttpMetricsSpec, IstioReporter, type PrometheusMetricsSpec } from '../../spec/analysis/prometheus-metrics';
import { Protocol, portNameOf } from '../../spec/protocol';
import { IstioSplit } from '../../spec/rollout/rollout-engine';
import type { ServiceSpec } from '../../spec/service-spec';

/** Which version of a release is meant. */
export type Role = 'canary' | 'stable';

/** The series that count and time a service's requests. */
export interface Series {
  /** The counter of requests. */
  readonly requests: string;
  /** The histogram of the time that they take, without its `_bucket`. */
  readonly duration: string;
  /** How many of the histogram's units make a second. */
  readonly unitsPerSecond: 1 | 1000;
  /** What failed requests have besides the version's matchers: sets that have no request in common. */
  readonly failed: ReadonlyArray<readonly Matcher[]>;
  readonly matchersOf: (version: MeasuredVersion, role: Role) => Matcher[];
}

/** The metrics of the way in that tell the versions apart, where the team names none. */
export function customaryMetrics({ traffic, rollout, protocol }: ServiceSpec): PrometheusMetricsSpec | undefined {
  const kinds = traffic.map(({ kind }) => kind);
  if (kinds.includes('istio')) {
    return { kind: 'istio', podLabel: 'pod' };
  }
  // The controller counts a gRPC call as answered by 200, and knows no two versions where a Service is switched.
  if (kinds.includes('ingressNginx') && rollout.kind !== 'blueGreen' && protocol !== Protocol.GRPC) {
    return { kind: 'ingressNginx', namespaceLabel: 'exported_namespace' };
  }
  return protocol === Protocol.GRPC ? undefined : {
    kind: 'http',
    requests: 'http_requests_total',
    duration: 'http_request_duration_seconds',
    statusLabel: 'code',
    errorStatus: '5..',
    podLabel: 'pod',
    namespaceLabel: 'namespace',
  };
}

/** The series of a service. */
export function seriesOf(spec: ServiceSpec, metrics: PrometheusMetricsSpec): Series {
  switch (metrics.kind) {
    case 'istio': return istioSeries(spec, metrics);
    case 'ingressNginx': return ingressNginxSeries(spec, metrics.namespaceLabel);
    case 'http': return httpSeries(spec, metrics);
  }
}

/** Whether the caller's proxy tells the versions apart: by a Deployment or by a Service of their own. */
export function isToldBySource({ rollout }: ServiceSpec): boolean {
  return rollout.kind !== 'rolling' && (rollout.engine.kind !== 'argoRollouts'
    || (rollout.kind !== 'blueGreen' && rollout.engine.istioSplit === IstioSplit.HOSTS));
}

/** The proxy whose count is read. */
export function reporterOf(spec: ServiceSpec, { reporter }: { readonly reporter?: IstioReporter }): IstioReporter {
  return reporter ?? (isToldBySource(spec) ? IstioReporter.SOURCE : IstioReporter.DESTINATION);
}

/** Statuses of gRPC that google/rpc/code.proto maps to 500 and above: UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS. */
const FAILED_GRPC = '2|4|12|13|14|15';
const FAILED_HTTP = '5..';

function istioSeries(spec: ServiceSpec, metrics: { readonly reporter?: IstioReporter; readonly podLabel: string }): Series {
  const failedCalls = spec.protocol === Protocol.GRPC
    ? [[matchesNot('response_code', FAILED_HTTP), matches('grpc_response_status', FAILED_GRPC)]] : [];
  const bySource = reporterOf(spec, metrics) === IstioReporter.SOURCE;
  return {
    requests: 'istio_requests_total',
    duration: 'istio_request_duration_milliseconds',
    unitsPerSecond: 1000,
    failed: [[matches('response_code', FAILED_HTTP)], ...failedCalls],
    matchersOf: (version) => bySource ? istioSource(spec, version) : [
      equals('reporter', 'destination'),
      ...namespaced('destination_workload_namespace', spec),
      matches(metrics.podLabel, version.podPattern),
    ],
  };
}

/** The destination's Deployment, or its Service, as the caller's proxy names it; also of a request that reached no pod. */
function istioSource(spec: ServiceSpec, { workload, service }: MeasuredVersion): Matcher[] {
  return workload === undefined
    ? [equals('reporter', 'source'), ...namespaced('destination_service_namespace', spec), equals('destination_service_name', service ?? spec.name)]
    : [equals('reporter', 'source'), ...namespaced('destination_workload_namespace', spec), equals('destination_workload', workload)];
}

/**
 * The controller counts by Ingress; requests that it hands to an alternative backend carry that backend's name, which is made of
 * namespace, Service and port. Those of the old version carry none.
 */
function ingressNginxSeries(spec: ServiceSpec, namespaceLabel: string): Series {
  const namespace = spec.namespace === undefined ? '.+' : literally(spec.namespace);
  const port = `(${portNameOf(spec.protocol)}|${spec.servicePort})`;
  return {
    requests: 'nginx_ingress_controller_requests',
    duration: 'nginx_ingress_controller_request_duration_seconds',
    unitsPerSecond: 1,
    failed: [[matches('status', FAILED_HTTP)]],
    matchersOf: ({ service }, role) => role === 'canary'
      ? [matches('canary', `${namespace}-${literally(service ?? `${spec.name}-canary`)}-${port}`)]
      : [...namespaced(namespaceLabel, spec), equals('ingress', `${spec.name}-nginx`), equals('canary', '')],
  };
}

function httpSeries(spec: ServiceSpec, { requests, duration, statusLabel, errorStatus, podLabel, namespaceLabel }: HttpMetricsSpec): Series {
  return {
    requests,
    duration,
    unitsPerSecond: 1,
    failed: [[matches(statusLabel, errorStatus)]],
    matchersOf: (version) => podMatchers(spec, version, podLabel, namespaceLabel),
  };
}

/** The matchers of a version's pods. */
export function podMatchers(spec: ServiceSpec, { podPattern }: MeasuredVersion, podLabel = 'pod', namespaceLabel = 'namespace'): Matcher[] {
  return [...namespaced(namespaceLabel, spec), matches(podLabel, podPattern)];
}

function namespaced(label: string, { namespace }: ServiceSpec): Matcher[] {
  return namespace === undefined ? [] : [equals(label, namespace)];
}
