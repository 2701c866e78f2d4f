import type { PrometheusMetricsSpec } from '../../spec/analysis/prometheus-metrics';
import { IstioReporter } from '../../spec/analysis/prometheus-metrics';
import { IstioSplit } from '../../spec/rollout/rollout-engine';
import type { ServiceSpec } from '../../spec/service-spec';
import { type MeasuredVersion, measuredVersionsOf } from '../analysis/measured-versions';
import { increaseOf, type Matcher, rateOf, showMatchers } from '../analysis/promql';
import { type Series, seriesOf } from '../analysis/series';

/** Queries about the requests of one version, or of each. A window is in seconds. */
export interface VersionRequests {
  /** How a chart names them: in the template language of Grafana. */
  readonly legend: string;
  /** Failed requests per second. */
  readonly failed: (window: number) => string;
  /** Requests per second. */
  readonly total: (window: number) => string;
  /** Requests within the window. */
  readonly count: (window: number) => string;
  /** The time within which a share of the requests is answered, in seconds. */
  readonly quantile: (quantile: number, window: number) => string;
}

/** Queries about the requests of a service. */
export interface ServiceRequests {
  /** The counter's series of the whole service: selectors. */
  readonly selectors: readonly string[];
  readonly whole: VersionRequests;
  /** By version, where the metrics tell versions apart. */
  readonly versions: readonly VersionRequests[];
  /** Those of a version that is being released; where only the hash tells versions apart, those of each. */
  readonly next?: VersionRequests;
}

/** A pod's hash, and what follows it. */
const OF_POD = '[0-9a-z]{1,10}-[0-9a-z]{5}';

/** How the requests of a service are told in its metrics. */
export function serviceRequestsOf(spec: ServiceSpec, metrics: PrometheusMetricsSpec): ServiceRequests {
  const { series, sets } = wholeOf(spec, metrics);
  return {
    selectors: sets.map((set) => `${series.requests}{${showMatchers(set)}}`),
    whole: ofSets('all', series, sets),
    ...versionsOf(spec, metrics),
  };
}

/** The sets of matchers that between them select every request of the service, each once. */
function wholeOf(spec: ServiceSpec, metrics: PrometheusMetricsSpec): { series: Series; sets: Matcher[][] } {
  const { rollout, name } = spec;
  if (rollout.kind !== 'rolling' && (metrics.kind === 'ingressNginx' ? rollout.kind !== 'blueGreen' : rollout.engine.kind !== 'argoRollouts')) {
    const series = seriesOf(spec, metrics);
    const { canary, stable } = measuredVersionsOf(rollout, name);
    return { series, sets: [series.matchersOf(stable, 'stable'), series.matchersOf(canary, 'canary')] };
  }
  // The caller's proxy sees what a user sees, requests that reach no pod included.
  const series = seriesOf(spec, metrics.kind === 'istio' ? { ...metrics, reporter: metrics.reporter ?? IstioReporter.SOURCE } : metrics);
  const isByHosts = rollout.kind !== 'rolling' && rollout.engine.kind === 'argoRollouts' && rollout.engine.istioSplit === IstioSplit.HOSTS;
  const services = isByHosts && metrics.kind === 'istio' && metrics.reporter !== IstioReporter.DESTINATION
    ? [name, `${name}-stable`, `${name}-canary`] : [name];
  return { series, sets: services.map((service) => series.matchersOf({ podPattern: `${name}-${OF_POD}`, service }, 'stable')) };
}

function versionsOf(spec: ServiceSpec, metrics: PrometheusMetricsSpec): Pick<ServiceRequests, 'versions' | 'next'> {
  const { rollout, name } = spec;
  const isByPods = rollout.kind === 'rolling' || rollout.engine.kind === 'argoRollouts';
  if (metrics.kind === 'ingressNginx' ? rollout.kind === 'rolling' || rollout.kind === 'blueGreen' : isByPods) {
    return metrics.kind === 'ingressNginx' ? { versions: [] } : ofHashes(spec, metrics);
  }
  const series = seriesOf(spec, metrics);
  const { canary, stable } = measuredVersionsOf(rollout, name);
  const ofRole = (version: MeasuredVersion, role: 'canary' | 'stable') => ofSets(role, series, [series.matchersOf(version, role)]);
  const next = ofRole(canary, 'canary');
  return { versions: [ofRole(stable, 'stable'), next], next };
}

/** Both versions are of one workload, whose pods carry the hash of their template in their names. */
function ofHashes(spec: ServiceSpec, metrics: Exclude<PrometheusMetricsSpec, { kind: 'ingressNginx' }>): Pick<ServiceRequests, 'versions' | 'next'> {
  const series = seriesOf(spec, metrics.kind === 'istio' ? { ...metrics, reporter: IstioReporter.DESTINATION } : metrics);
  const matchers = series.matchersOf({ podPattern: `${spec.name}-${OF_POD}` }, 'stable');
  const select = (metric: string, more: readonly Matcher[], window: number) => `${metric}{${showMatchers([...matchers, ...more])}}[${window}s]`;
  const byHash = (vector: string, ...also: string[]) => `sum by (${['version', ...also].join(', ')}) (${versionOf(vector, spec.name, metrics.podLabel)})`;
  const each: VersionRequests = {
    legend: '{{version}}',
    failed: (window) => byHash(series.failed.map((more) => `rate(${select(series.requests, more, window)})`).join(' or ')),
    total: (window) => byHash(`rate(${select(series.requests, [], window)})`),
    count: (window) => byHash(`increase(${select(series.requests, [], window)})`),
    quantile: (quantile, window) => inSeconds(`histogram_quantile(${quantile}, ${byHash(`rate(${select(`${series.duration}_bucket`, [], window)})`, 'le')})`, series),
  };
  return { versions: [each], next: each };
}

/** Labels each series with the hash in its pod's name. */
export function versionOf(vector: string, name: string, podLabel: string): string {
  return `label_replace(${vector}, "version", "$1", ${JSON.stringify(podLabel)}, ${JSON.stringify(`${name}-([0-9a-z]{1,10})-[0-9a-z]{5}`)})`;
}

/** A counter of failures is not there before the first one, and that of a version not before its first request. */
function ofSets(legend: string, series: Series, sets: readonly Matcher[][]): VersionRequests {
  const summed = (rates: readonly string[]) => rates.map((rate) => `(${rate} or vector(0))`).join(' + ');
  const ofAll = (queryOf: typeof rateOf, window: number) => {
    const queries = sets.map((set) => queryOf(series.requests, set, window));
    return queries.length === 1 ? queries[0] : summed(queries);
  };
  return {
    legend,
    failed: (window) => summed(sets.flatMap((set) => series.failed.map((more) => rateOf(series.requests, [...set, ...more], window)))),
    total: (window) => ofAll(rateOf, window),
    count: (window) => ofAll(increaseOf, window),
    quantile: (quantile, window) => {
      const buckets = sets.map((set) => `rate(${series.duration}_bucket{${showMatchers(set)}}[${window}s])`).join(' or ');
      return inSeconds(`histogram_quantile(${quantile}, sum by (le) (${buckets}))`, series);
    },
  };
}

function inSeconds(value: string, { unitsPerSecond }: Series): string {
  return unitsPerSecond === 1 ? value : `${value} / ${unitsPerSecond}`;
}
