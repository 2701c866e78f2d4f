import { Proofs } from './proof';
import type { Manifest } from '../../../src/manifests/manifest';
import { Analysis } from '../../../src/spec/analysis/analysis';
import type { CloudWatchData } from '../../../src/spec/analysis/cloud-watch-query';
import { PrometheusAuthentication } from '../../../src/spec/analysis/credentials';
import { IstioReporter, PrometheusMetrics } from '../../../src/spec/analysis/prometheus-metrics';
import { Traffic } from '../../../src/spec/traffic/traffic';
import { metricTemplatesOf, templateOf } from '../../manifests/analysis/rendered';
import { canary, EVERY_THRESHOLD, prometheus, WAYS } from '../../plan/analysis/declared';
import { planned, type Props, required, seconds, valueOf } from '../../plan/declare';

const OWN = { name: 'own', query: 'x{$canary}', max: 1 };
const CANARY = [{ name: 'Version', value: '$canary' }];
const FAILURES: CloudWatchData = { id: 'failures', namespace: 'Shop', metricName: 'Failures', dimensions: CANARY };

const ALB: Props = { traffic: [Traffic.awsLoadBalancer({ hosts: ['a.example'] })] };

const every = (metrics: PrometheusMetrics) => prometheus({ ...EVERY_THRESHOLD, metrics });
const cloudWatch = (...data: CloudWatchData[]) => Analysis.cloudWatch({ queries: [{ name: 'own', data, max: 1 }] });
const names = (analysis: Analysis): string[] => templateOf(analysis).spec.metrics.map(({ name }: { name: string }) => name);
const judged = (bounds: object) => prometheus({ maxErrorRate: undefined, queries: [{ ...OWN, max: undefined, ...bounds }] });
const conditionOf = (bounds: object): string => templateOf(judged(bounds)).spec.metrics[0].successCondition;
const queryOf = (analysis: Analysis, props: Props): string => templateOf(analysis, props).spec.metrics[0].provider.prometheus.query;
const cloudDataOf = (...data: CloudWatchData[]) => templateOf(cloudWatch(...data)).spec.metrics[0].provider.cloudWatch.metricDataQueries;

/** Leaving an option out and giving its default make the same template, and giving another makes another. */
function expectTemplates(leftOut: Analysis, given: Analysis, other: Analysis, props: Props = {}): void {
  const made: Manifest[] = [leftOut, given, other].map((analysis) => templateOf(analysis, props));
  expect(made[0]).toEqual(made[1]);
  expect(made[2]).not.toEqual(made[1]);
}

const METRICS_PROOFS: Proofs = {
  'HttpMetricsOptions.requests': () => expectTemplates(every(PrometheusMetrics.http()),
    every(PrometheusMetrics.http({ requests: 'http_requests_total' })), every(PrometheusMetrics.http({ requests: 'x' }))),
  'HttpMetricsOptions.duration': () => expectTemplates(every(PrometheusMetrics.http()),
    every(PrometheusMetrics.http({ duration: 'http_request_duration_seconds' })), every(PrometheusMetrics.http({ duration: 'x' }))),
  'HttpMetricsOptions.statusLabel': () => expectTemplates(every(PrometheusMetrics.http()),
    every(PrometheusMetrics.http({ statusLabel: 'code' })), every(PrometheusMetrics.http({ statusLabel: 'x' }))),
  'HttpMetricsOptions.errorStatus': () => expectTemplates(every(PrometheusMetrics.http()),
    every(PrometheusMetrics.http({ errorStatus: '5..' })), every(PrometheusMetrics.http({ errorStatus: '4..' }))),
  'HttpMetricsOptions.podLabel': () => expectTemplates(every(PrometheusMetrics.http()),
    every(PrometheusMetrics.http({ podLabel: 'pod' })), every(PrometheusMetrics.http({ podLabel: 'x' }))),
  'HttpMetricsOptions.namespaceLabel': () => expectTemplates(every(PrometheusMetrics.http()),
    every(PrometheusMetrics.http({ namespaceLabel: 'namespace' })), every(PrometheusMetrics.http({ namespaceLabel: 'x' }))),
  'IstioMetricsOptions.podLabel': () => expectTemplates(every(PrometheusMetrics.istio()),
    every(PrometheusMetrics.istio({ podLabel: 'pod' })), every(PrometheusMetrics.istio({ podLabel: 'x' }))),
  'IstioMetricsOptions.reporter': () => {
    const bySource = every(PrometheusMetrics.istio({ reporter: IstioReporter.SOURCE }));
    expect(metricTemplatesOf(every(PrometheusMetrics.istio()))).toEqual(metricTemplatesOf(bySource));
    expect(templateOf(every(PrometheusMetrics.istio()))).toEqual(templateOf(every(PrometheusMetrics.istio({ reporter: IstioReporter.DESTINATION }))));
  },
  'IngressNginxMetricsOptions.namespaceLabel': () => expectTemplates(every(PrometheusMetrics.ingressNginx()),
    every(PrometheusMetrics.ingressNginx({ namespaceLabel: 'exported_namespace' })), every(PrometheusMetrics.ingressNginx({ namespaceLabel: 'namespace' })),
    { traffic: [WAYS.ingressNginx] }),
};

const PROMETHEUS_PROOFS: Proofs = {
  'PrometheusAnalysisOptions.metrics': () => {
    const [byMesh, byController] = [{ traffic: [WAYS.ingressNginx, WAYS.istio] }, { traffic: [WAYS.ingressNginx] }];
    expect(queryOf(prometheus(), byMesh)).toBe(queryOf(prometheus({ metrics: PrometheusMetrics.istio() }), byMesh));
    expect(queryOf(prometheus(), byController)).toBe(queryOf(prometheus({ metrics: PrometheusMetrics.ingressNginx() }), byController));
    expect(queryOf(prometheus(), ALB)).toBe(queryOf(prometheus({ metrics: PrometheusMetrics.http() }), ALB));
  },
  'PrometheusAnalysisOptions.queries': () => expectTemplates(prometheus(), prometheus({ queries: [] }), prometheus({ queries: [OWN] })),
  'PrometheusAnalysisOptions.scrapeInterval': () => expectTemplates(prometheus(), prometheus({ scrapeInterval: seconds(30) }), prometheus({ scrapeInterval: seconds(31) })),
  'PrometheusAnalysisOptions.credentials': () => expect(templateOf(prometheus()).spec.metrics[0].provider.prometheus).not.toHaveProperty('headers'),
  'PrometheusCredentials.authentication': () => expectTemplates(prometheus({ credentials: { secretName: 's' } }),
    prometheus({ credentials: { secretName: 's', authentication: PrometheusAuthentication.BEARER } }),
    prometheus({ credentials: { secretName: 's', authentication: PrometheusAuthentication.BASIC } })),
  'ThresholdOptions.maxErrorRate': () => expect(names(prometheus({ ...EVERY_THRESHOLD, maxErrorRate: undefined }))).not.toContain('error-rate'),
  'ThresholdOptions.maxP50': () => expect(names(prometheus({ ...EVERY_THRESHOLD, maxP50: undefined }))).not.toContain('p50'),
  'ThresholdOptions.maxP95': () => expect(names(prometheus({ ...EVERY_THRESHOLD, maxP95: undefined }))).not.toContain('p95'),
  'ThresholdOptions.maxP99': () => expect(names(prometheus({ ...EVERY_THRESHOLD, maxP99: undefined }))).not.toContain('p99'),
  'ComparisonOptions.maxErrorRateIncrease': () => expect(names(prometheus({ ...EVERY_THRESHOLD, maxErrorRateIncrease: undefined }))).not.toContain('error-rate-increase'),
  'ComparisonOptions.maxP99Ratio': () => expect(names(prometheus({ ...EVERY_THRESHOLD, maxP99Ratio: undefined }))).not.toContain('p99-ratio'),
  'QueryBounds.max': () => expect(conditionOf({ min: 2 })).toBe('len(result) == 1 && !isNaN(result[0]) && result[0] >= 2'),
  'QueryBounds.min': () => expect(conditionOf({ max: 2 })).toBe('len(result) == 1 && !isNaN(result[0]) && result[0] <= 2'),
};

const TIMING_PROOFS: Proofs = {
  'AnalysisTimingOptions.window': () => {
    expect(valueOf('analysis.window', canary(prometheus({ scrapeInterval: seconds(1) })))).toBe(60);
    expect(valueOf('analysis.window', canary(prometheus({ scrapeInterval: seconds(100) })))).toBe(400);
    expect(valueOf('analysis.window', canary(prometheus({ scrapeInterval: seconds(1), requestsPerSecond: 2, minRequests: 10 })))).toBe(200);
    expect(valueOf('analysis.window', canary(Analysis.cloudWatch({ queries: [{ name: 'own', data: [FAILURES], max: 1 }], requestsPerSecond: 2, minRequests: 10 })))).toBe(240);
  },
  'AnalysisTimingOptions.interval': () => {
    expect(valueOf('analysis.interval', canary())).toBe(60);
    expect(valueOf('analysis.interval', canary(prometheus({ scrapeInterval: seconds(100) })))).toBe(100);
  },
  'AnalysisTimingOptions.initialDelay': () => expect(valueOf('analysis.initialDelay', canary())).toBe(120 + 30 + slowestWay()),
  'AnalysisTimingOptions.measurements': () => expectTemplates(prometheus(), prometheus({ measurements: 3 }), prometheus({ measurements: 4 })),
  'AnalysisTimingOptions.minRequests': () => expectTemplates(prometheus(), prometheus({ minRequests: 20 }), prometheus({ minRequests: 21 })),
  'AnalysisTimingOptions.requestsPerSecond': () => expect(required('cluster', canary())).toContainEqual(expect.stringContaining('in a quieter hour a measurement has no result')),
  'AnalysisTimingOptions.failureLimit': () => expectTemplates(prometheus(), prometheus({ failureLimit: 0 }), prometheus({ failureLimit: 1 })),
  'AnalysisTimingOptions.inconclusiveLimit': () => expectTemplates(prometheus(), prometheus({ inconclusiveLimit: 0 }), prometheus({ inconclusiveLimit: 1 })),
  'AnalysisTimingOptions.consecutiveErrorLimit': () => expectTemplates(prometheus(), prometheus({ consecutiveErrorLimit: 4 }), prometheus({ consecutiveErrorLimit: 5 })),
};

/** What the slowest way in adds. */
function slowestWay(): number {
  return Math.max(...planned(canary()).planned.paths.map(({ propagation }) => propagation.value));
}

const CLOUD_PROOFS: Proofs = {
  'CloudWatchData.expression': () => expect(cloudDataOf(FAILURES)[0]).not.toHaveProperty('expression'),
  'CloudWatchData.namespace': () => expect(cloudDataOf({ id: 'x', expression: 'failures' }, FAILURES)[0]).toEqual({ id: 'x', expression: 'failures', period: 60, returnData: true }),
  'CloudWatchData.metricName': () => expect(cloudDataOf({ id: 'x', expression: 'failures' }, FAILURES)[0]).not.toHaveProperty('metricStat'),
  'CloudWatchData.dimensions': () => expect(cloudDataOf(FAILURES, { id: 'y', namespace: 'Shop', metricName: 'Visits' })[1].metricStat.metric.dimensions).toEqual([]),
  'CloudWatchData.statistic': () => expectTemplates(cloudWatch(FAILURES), cloudWatch({ ...FAILURES, statistic: 'Sum' }), cloudWatch({ ...FAILURES, statistic: 'Average' })),
  'CloudWatchAnalysisOptions.region': () => {
    const queries = [{ name: 'own', data: [FAILURES], max: 1 }];
    expect(templateOf(Analysis.cloudWatch({ queries }))).toEqual(templateOf(Analysis.cloudWatch({ queries, region: 'eu-west-1' })));
    expect(metricTemplatesOf(Analysis.cloudWatch({ queries, region: 'eu-west-1' }))[0].spec.provider.region).toBe('eu-west-1');
  },
  'CloudWatchAnalysisOptions.queries': () => expect(() => Analysis.cloudWatch({})).toThrow('needs something that must hold'),
  'DatadogAnalysisOptions.secretName': () => expect(templateOf(Analysis.datadog({ queries: [OWN] })).spec.metrics[0].provider.datadog).not.toHaveProperty('secretRef'),
};

/** What is measured of a new version, by what, and when. */
export const ANALYSIS_PROOFS: Proofs = { ...METRICS_PROOFS, ...PROMETHEUS_PROOFS, ...TIMING_PROOFS, ...CLOUD_PROOFS };
