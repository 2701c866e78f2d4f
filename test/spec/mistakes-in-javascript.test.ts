import { Chart, Testing } from 'cdk8s';
import * as library from '../../src';

// Plain JavaScript takes anything, and so do users of Python, Java and Go where types are not checked.
const {
  Analysis, ArgoCdApplication, FlaggerWebhook, KedaTrigger, Metric, PrometheusMetrics, RegionSequence, Replicas, Rollout, RolloutEngine,
  Traffic, ZeroDowntimeService,
}: Record<string, any> = library;

function declare(props: object): unknown {
  const chart = new Chart(Testing.app(), 'chart', { namespace: 'shop' });
  return new ZeroDowntimeService(chart, 'payments', { image: 'r/payments:1', port: 3000, health: library.Health.http({ readiness: '/ready' }), ...props });
}

const url = 'http://load.test/';
const prometheus = { address: 'http://prometheus:9090', maxErrorRate: 0.01 };
const query = { name: 'sold', query: 'sold{$canary}', max: 1 };
const datum = { id: 'a', namespace: 'Shop', metricName: 'Sold', dimensions: [{ name: 'Version', value: '$canary' }] };
const cloudWatch = (data: unknown) => Analysis.cloudWatch({ queries: [{ name: 'sold', max: 1, data }] });
const regions = (rollback: unknown) => new RegionSequence(Testing.app(), 'order', { regions: [{ name: 'a' }, { name: 'b' }], rollback });
const application = (more: object) => new ArgoCdApplication(new Chart(Testing.app(), 'argo'), 'application', {
  services: [declare({})], repoUrl: 'https://git.example.com/shop.git', path: 'dist', ...more,
});

/** What is wrong, and what is said of it. */
const ENUMS: ReadonlyArray<readonly [string, () => unknown]> = [
  ['Rollout.blueGreen promotion "manual" must be Promotion.AUTOMATIC or Promotion.AFTER_APPROVAL', () => Rollout.blueGreen({ promotion: 'manual' })],
  ['RolloutEngine.argoRollouts stableScale "dynamic" must be StableScale.FULL or StableScale.DYNAMIC', () => RolloutEngine.argoRollouts({ stableScale: 'dynamic' })],
  ['RolloutEngine.argoRollouts istioSplit "hosts" must be IstioSplit.SUBSETS or IstioSplit.HOSTS', () => RolloutEngine.argoRollouts({ istioSplit: 'hosts' })],
  ['RolloutEngine.argoRollouts takeOver "always" must be TakeOver.NEVER, TakeOver.ON_SUCCESS or TakeOver.PROGRESSIVELY', () => RolloutEngine.argoRollouts({ takeOver: 'always' })],
  ['RolloutEngine.argoRollouts antiAffinity true must be VersionAntiAffinity.PREFERRED or VersionAntiAffinity.REQUIRED', () => RolloutEngine.argoRollouts({ antiAffinity: true })],
  ['RolloutEngine.native live "Blue" must be Colour.BLUE or Colour.GREEN', () => RolloutEngine.native({ live: 'Blue' })],
  ['Analysis.prometheus credentials authentication "basic" must be PrometheusAuthentication.BEARER or PrometheusAuthentication.BASIC',
    () => Analysis.prometheus({ ...prometheus, credentials: { secretName: 'a', authentication: 'basic' } })],
  ['PrometheusMetrics.istio reporter "source" must be IstioReporter.SOURCE or IstioReporter.DESTINATION', () => PrometheusMetrics.istio({ reporter: 'source' })],
  ['KedaTrigger "sqs" metricType "AVERAGE_VALUE" must be KedaMetricType.AVERAGE_VALUE or KedaMetricType.VALUE', () => KedaTrigger.of('sqs', { a: 'b' }, { metricType: 'AVERAGE_VALUE' })],
  ['rollback "all" must be RegionRollback.ALL_RELEASED or RegionRollback.FAILED_ONLY', () => regions('all')],
  ['routeEdits "held" must be RouteEdits.APPLIED or RouteEdits.HELD', () => application({ routeEdits: 'held' })],
  ['sync "automated" must be ApplicationSync.AUTOMATED or ApplicationSync.MANUAL', () => application({ sync: 'automated' })],
];

const TEXTS: ReadonlyArray<readonly [string, () => unknown]> = [
  ['Rollout.canary header value undefined must be 1 to 128 visible ASCII characters', () => Rollout.canary({ header: { name: 'x-canary' } })],
  ['Rollout.canary header value true must be 1 to 128 visible ASCII characters', () => Rollout.canary({ header: { name: 'x-canary', value: true } })],
  ['Rollout.abTest header name undefined must be the name of a header: at most 63 letters, digits or \'-\', without white space or \':\'',
    () => Rollout.abTest({ header: { value: 'true' } })],
  ['FlaggerWebhook "load" metadata "cmd" undefined must be a text', () => FlaggerWebhook.loadTest('load', { url, metadata: { cmd: undefined } })],
  ['FlaggerWebhook "load" metadata "cmd" 3 must be a text', () => FlaggerWebhook.loadTest('load', { url, metadata: { cmd: 3 } })],
  ['FlaggerWebhook "load" url undefined must be an address that starts with http:// or https://', () => FlaggerWebhook.loadTest('load', {})],
  ['FlaggerWebhook "load" url (an object) must be an address that starts with http:// or https://', () => FlaggerWebhook.loadTest('load', { url: new URL(url) })],
  ['Rollout.canary sessionCookie name 5 must be at most 64 letters, digits, \'-\' or \'_\'', () => Rollout.canary({ sessionCookie: { name: 5 } })],
  ['PrometheusMetrics.http podLabel (a list) must be a label\'s name: letters, digits or \'_\', not starting with a digit or with two \'_\'', () => PrometheusMetrics.http({ podLabel: ['pod'] })],
  ['Analysis.cloudWatch region (a list) must be a region of AWS, such as eu-west-1', () => Analysis.cloudWatch({ maxErrorRate: 0.1, region: ['eu-west-1'] })],
  ['Analysis.cloudWatch query "sold" data undefined must have an id of a lower-case letter, then letters, digits or \'_\'', () => cloudWatch([{ ...datum, id: undefined }])],
  ['Analysis.cloudWatch query "sold" data "a" statistic 99 must be a text', () => cloudWatch([{ ...datum, statistic: 99 }])],
  ['Analysis.cloudWatch query "sold" data "a" dimensions 1: "value" undefined must be a text', () => cloudWatch([{ ...datum, dimensions: [{ name: 'Version' }] }])],
];

const LISTS: ReadonlyArray<readonly [string, () => unknown]> = [
  ['Rollout.canary steps 5 must be a list', () => Rollout.canary({ steps: 5 })],
  ['Rollout.canary steps "5,25" must be a list', () => Rollout.canary({ steps: '5,25' })],
  ['Rollout.canary approvalAt 5 must be a list', () => Rollout.canary({ approvalAt: 5 })],
  ['RolloutEngine.flagger webhooks (an object) must be a list', () => RolloutEngine.flagger({ webhooks: FlaggerWebhook.loadTest('load', { url }) })],
  ['Analysis.prometheus queries (an object) must be a list', () => Analysis.prometheus({ ...prometheus, queries: {} })],
  ['Analysis.datadog queries undefined must be a list', () => Analysis.datadog({})],
  ['Analysis.cloudWatch queries (an object) must be a list', () => Analysis.cloudWatch({ queries: {} })],
  ['Analysis.cloudWatch query "sold" data undefined must be a list', () => cloudWatch(undefined)],
  ['Analysis.cloudWatch query "sold" data "a" dimensions (an object) must be a list', () => cloudWatch([{ ...datum, dimensions: {} }])],
  ['Replicas.keda triggers undefined must be a list', () => Replicas.keda({ min: 2, max: 4 })],
  ['Replicas.autoscaled metrics (an object) must be a list', () => Replicas.autoscaled({ min: 2, max: 4, metrics: Metric.cpu(70) })],
  ['traffic (an object) must be a list', () => declare({ traffic: Traffic.istio() })],
];

const CLASSES: ReadonlyArray<readonly [string, () => unknown]> = [
  ['Rollout.canary engine "flagger" must be of the class RolloutEngine, such as RolloutEngine.argoRollouts()', () => Rollout.canary({ engine: 'flagger' })],
  ['Rollout.abTest engine (a function) must be of the class RolloutEngine, such as RolloutEngine.argoRollouts()',
    () => Rollout.abTest({ header: { name: 'a', value: 'b' }, engine: RolloutEngine.flagger })],
  ['Rollout.blueGreen engine (an object) must be of the class RolloutEngine, such as RolloutEngine.argoRollouts()', () => Rollout.blueGreen({ engine: { kind: 'native' } })],
  ['Rollout.canary analysis (an object) must be of the class Analysis, such as Analysis.prometheus(…)', () => Rollout.canary({ analysis: prometheus })],
  ['Rollout.abTest analysis "http://p" must be of the class Analysis, such as Analysis.prometheus(…)', () => Rollout.abTest({ header: { name: 'a', value: 'b' }, analysis: 'http://p' })],
  ['Rollout.blueGreen previewAnalysis (an object) must be of the class Analysis, such as Analysis.prometheus(…)', () => Rollout.blueGreen({ previewAnalysis: prometheus })],
  ['Rollout.blueGreen analysis true must be of the class Analysis, such as Analysis.prometheus(…)', () => Rollout.blueGreen({ analysis: true })],
  ['RolloutEngine.flagger webhooks 1: (an object) must be of the class FlaggerWebhook, such as FlaggerWebhook.loadTest(…)', () => RolloutEngine.flagger({ webhooks: [{ url }] })],
  ['Analysis.prometheus metrics "istio" must be of the class PrometheusMetrics, such as PrometheusMetrics.istio()', () => Analysis.prometheus({ ...prometheus, metrics: 'istio' })],
  ['Replicas.keda triggers 1: "cpu" must be of the class KedaTrigger, such as KedaTrigger.cpu(70)', () => Replicas.keda({ min: 2, max: 4, triggers: ['cpu'] })],
  ['Replicas.autoscaled metrics 1: "cpu" must be of the class Metric, such as Metric.cpu(70)', () => Replicas.autoscaled({ min: 2, max: 4, metrics: ['cpu'] })],
  ['rollout "canary" must be of the class Rollout, such as Rollout.canary(…)', () => declare({ rollout: 'canary' })],
  ['replicas 3 must be of the class Replicas, such as Replicas.fixed(3)', () => declare({ replicas: 3 })],
  ['traffic 1: "istio" must be of the class Traffic, such as Traffic.istio()', () => declare({ traffic: ['istio'] })],
];

const SETTINGS: ReadonlyArray<readonly [string, () => unknown]> = [
  ['Rollout.canary header "x-canary" must', () => Rollout.canary({ header: 'x-canary' })],
  ['Rollout.canary sessionCookie true must', () => Rollout.canary({ sessionCookie: true })],
  ['Rollout.abTest header undefined must', () => Rollout.abTest({})],
  ['Rollout.abTest options undefined must', () => Rollout.abTest()],
  ['Rollout.canary options 5 must', () => Rollout.canary(5)],
  ['Rollout.blueGreen options (a list) must', () => Rollout.blueGreen([])],
  ['Rollout.rolling options "25%" must', () => Rollout.rolling('25%')],
  ['RolloutEngine.argoRollouts options null must', () => RolloutEngine.argoRollouts(null)],
  ['RolloutEngine.flagger options (a list) must', () => RolloutEngine.flagger([])],
  ['RolloutEngine.native options "blue" must', () => RolloutEngine.native('blue')],
  ['FlaggerWebhook "load" options undefined must', () => FlaggerWebhook.loadTest('load')],
  ['FlaggerWebhook "load" metadata "cmd" must', () => FlaggerWebhook.loadTest('load', { url, metadata: 'cmd' })],
  ['Analysis.prometheus options undefined must', () => Analysis.prometheus()],
  ['Analysis.datadog options undefined must', () => Analysis.datadog()],
  ['Analysis.cloudWatch options undefined must', () => Analysis.cloudWatch()],
  ['Analysis.prometheus queries 2: "up" must', () => Analysis.prometheus({ ...prometheus, queries: [query, 'up'] })],
  ['Analysis.cloudWatch queries 1: "up" must', () => Analysis.cloudWatch({ queries: ['up'] })],
  ['Analysis.cloudWatch query "sold" data 1: "a" must', () => cloudWatch(['a'])],
  ['Analysis.cloudWatch query "sold" data "a" dimensions 1: "Version" must', () => cloudWatch([{ ...datum, dimensions: ['Version'] }])],
  ['Analysis.prometheus credentials "secret" must', () => Analysis.prometheus({ ...prometheus, credentials: 'secret' })],
  ['PrometheusMetrics.http options "pod" must', () => PrometheusMetrics.http('pod')],
  ['Replicas.keda options undefined must', () => Replicas.keda()],
  ['Replicas.autoscaled options 3 must', () => Replicas.autoscaled(3)],
  ['KedaTrigger "sqs" metadata undefined must', () => KedaTrigger.of('sqs')],
  ['KedaTrigger "sqs" authenticationRef "keda" must', () => KedaTrigger.of('sqs', { a: 'b' }, { authenticationRef: 'keda' })],
  ['KedaTrigger.prometheus options undefined must', () => KedaTrigger.prometheus()],
].map(([start, give]) => [`${start as string} be an object that holds the settings`, give as () => unknown]);

test.each([...ENUMS, ...TEXTS, ...LISTS, ...CLASSES, ...SETTINGS])('%s', (message, give) => {
  const refused = (): Error | undefined => {
    try {
      give();
      return undefined;
    } catch (error) {
      return error as Error;
    }
  };
  const error = refused();
  expect(error?.name).toBe('DeclarationError');
  // What is found with others is told with the construct's path before it.
  expect(error?.message.replace(/^\[[^\]]*\] /, '')).toBe(message);
});

test('what was not given is as if it had never been named', () => {
  expect(() => declare({
    traffic: [Traffic.istio()],
    replicas: undefined,
    rollout: Rollout.canary({
      steps: undefined,
      approvalAt: undefined,
      header: undefined,
      sessionCookie: undefined,
      analysis: undefined,
      engine: RolloutEngine.argoRollouts({ takeOver: undefined, antiAffinity: undefined, stableScale: undefined, istioSplit: undefined }),
    }),
  })).not.toThrow();
});

test('all of a service that is of another kind is told at once', () => {
  expect(() => declare({ traffic: ['istio', 'alb'], rollout: 'canary', replicas: 3 })).toThrow(/4 problems in the declaration/);
});
