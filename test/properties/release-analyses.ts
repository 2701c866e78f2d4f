import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { Analysis, IstioReporter, PrometheusAuthentication, PrometheusMetrics } from 'zero-downtime';
import type { Engine } from './release-ways';
import { maybe } from './text-arbitraries';

const seconds = (min: number, max: number) => fc.integer({ min, max }).map((amount) => Duration.seconds(amount));

interface Rate {
  readonly window?: Duration;
  readonly requestsPerSecond?: number;
}

/** No window and no delay beside a rate of requests, which may ask for more. */
const timings = fc.record({
  measurements: maybe(fc.integer({ min: 1, max: 20 })),
  minRequests: maybe(fc.integer({ min: 1, max: 200 })),
  interval: maybe(seconds(60, 300)),
  timing: fc.oneof(
    seconds(240, 1200).map((window): Rate => ({ window })),
    fc.double({ min: 5, max: 1000, noNaN: true }).map((requestsPerSecond): Rate => ({ requestsPerSecond })),
    fc.constant<Rate>({}),
  ),
  failureLimit: maybe(fc.integer({ min: 0, max: 5 })),
  inconclusiveLimit: maybe(fc.integer({ min: 0, max: 5 })),
  consecutiveErrorLimit: maybe(fc.integer({ min: 0, max: 10 })),
}).map(({ timing, ...rest }) => ({ ...rest, ...timing }));

const thresholds = fc.record({
  maxErrorRate: fc.double({ min: 0, max: 1, noNaN: true }),
  maxP50: maybe(fc.integer({ min: 1, max: 3_600_000 }).map((amount) => Duration.millis(amount))),
  maxP99: maybe(fc.integer({ min: 1, max: 3_600_000 }).map((amount) => Duration.millis(amount))),
});

const comparisons = fc.record({
  maxErrorRateIncrease: maybe(fc.double({ min: 0, max: 1, noNaN: true })),
  maxP99Ratio: maybe(fc.double({ min: 1, max: 1000, noNaN: true })),
});

const queries = fc.uniqueArray(fc.constantFrom('queue', 'heap', 'saturation'), { maxLength: 2 }).chain((names) => fc.tuple(...names.map((name) => fc.record({
  name: fc.constant(name),
  query: fc.constantFrom('max(queue_length{$canary})', 'sum(rate(lost{$canary}[$window])) / sum(rate(lost{$stable}[$window]))', 'avg(a{l="\'\\"",$canary})'),
  max: fc.double({ min: -10, max: 1e6, noNaN: true }),
}))));

const metrics = fc.constantFrom(
  undefined, undefined, PrometheusMetrics.http(), PrometheusMetrics.http({ requests: 'shop:requests', errorStatus: '5..|4[02]9', podLabel: 'pod_name' }),
  PrometheusMetrics.istio(), PrometheusMetrics.istio({ reporter: IstioReporter.DESTINATION }));

const prometheus = fc.record({
  timings,
  thresholds,
  comparisons: maybe(comparisons),
  queries: maybe(queries),
  metrics,
  address: fc.constantFrom('http://prometheus.monitoring:9090', 'https://mimir.example.com/prometheus'),
  scrapeInterval: maybe(seconds(1, 60)),
  credentials: fc.constantFrom(undefined, undefined, { secretName: 'prometheus' }, { secretName: 'prometheus', authentication: PrometheusAuthentication.BASIC }),
});

const HEAP = { name: 'heap', query: 'avg:jvm.heap_memory{$canary}', max: 5e9 };
const LOST = {
  name: 'lost', max: 0.5, data: [{ id: 'lost', namespace: 'Shop', metricName: 'Lost', statistic: 'Sum', dimensions: [{ name: 'Version', value: '$canary' }] }],
};

/** CloudWatch keeps its numbers by the minute. */
function wholeMinutes(window: Duration): Duration {
  return Duration.minutes(Math.ceil(window.toMinutes({ integral: false })));
}

/** Measurements that an engine can take; comparisons with the old version only where it has the same requests. */
export function analysesFor(engine: Engine, canCompare: boolean): fc.Arbitrary<Analysis> {
  const own = prometheus.map(({ timings: timing, thresholds: bounds, comparisons: compared, ...options }) =>
    Analysis.prometheus({ ...options, ...timing, ...bounds, ...canCompare ? compared : {} }));
  // Flagger has neither a Secret nor a region of its own.
  const isAsked = engine === 'flagger';
  const others = fc.record({ timing: timings, hasSecret: fc.boolean() })
    .map(({ timing, hasSecret }) => Analysis.datadog({ queries: [HEAP], secretName: isAsked || hasSecret ? 'datadog' : undefined, ...timing }));
  const clouds = fc.record({ timing: timings, hasRegion: fc.boolean() }).map(({ timing: { window, interval: _, ...timing }, hasRegion }) =>
    Analysis.cloudWatch({ queries: [LOST], region: isAsked || hasRegion ? 'eu-central-1' : undefined, window: window && wholeMinutes(window), ...timing }));
  return engine === 'native' ? own : fc.oneof({ weight: 4, arbitrary: own }, { weight: 1, arbitrary: others }, { weight: 1, arbitrary: clouds });
}
