import { Duration } from 'cdk8s';
import { describeUnless } from './command';
import type { MeasuredVersion } from '../../src/plan/analysis/measured-versions';
import { measuredVersionsOf } from '../../src/plan/analysis/measured-versions';
import { IstioReporter, PrometheusMetrics } from '../../src/spec/analysis/prometheus-metrics';
import { Protocol } from '../../src/spec/protocol';
import { IstioSplit, RolloutEngine } from '../../src/spec/rollout/rollout-engine';
import { analysisOf, canary, ENGINES, EVERY_THRESHOLD, prometheus, WAYS } from '../plan/analysis/declared';
import type { Props } from '../plan/declare';
import { planned } from '../plan/declare';
import { prometheusVersion, type RunningPrometheus, startPrometheus, type Target } from '../support/prometheus';

const HASHES = { canary: '6d4cf56db', stable: '7c9f8b5d4' };
const PRESETS = ['istio by source', 'istio by destination', 'istio, gRPC', 'ingress-nginx', 'http'] as const;
type Preset = typeof PRESETS[number];

/** What happened to one version: how many requests a scrape, how many of them failed, and how long all took. */
interface Behaviour {
  readonly requests: number;
  readonly failed: number;
  readonly seconds: number;
}

const GOOD: Behaviour = { requests: 100, failed: 0, seconds: 0.05 };
const BAD: Behaviour = { requests: 100, failed: 10, seconds: 0.05 };
const SLOW: Behaviour = { requests: 100, failed: 0, seconds: 2 };
const FEW: Behaviour = { requests: 1, failed: 1, seconds: 0.05 };

/** Each service is a case of its own: the new version behaves so, and the old one well. */
const CASES: Readonly<Record<string, Behaviour | 'absent' | 'NaN'>> = { good: GOOD, bad: BAD, slow: SLOW, few: FEW, absent: 'absent', nan: 'NaN' };

/** What a service of each preset is declared as. */
function propsOf(preset: Preset): Props {
  const times = { scrapeInterval: Duration.seconds(1), window: Duration.seconds(10) };
  const measured = (metrics: PrometheusMetrics) => prometheus({ ...EVERY_THRESHOLD, ...times, metrics, minRequests: 50 });
  switch (preset) {
    case 'istio by source': return canary(measured(PrometheusMetrics.istio()), ENGINES.native);
    case 'istio by destination': return canary(measured(PrometheusMetrics.istio()), ENGINES.argoRollouts);
    case 'istio, gRPC': return canary(measured(PrometheusMetrics.istio({ reporter: IstioReporter.SOURCE })), ENGINES.flagger, { protocol: Protocol.GRPC });
    case 'ingress-nginx': return canary(measured(PrometheusMetrics.ingressNginx()), ENGINES.argoRollouts, { traffic: [WAYS.ingressNginx] });
    case 'http': return canary(measured(PrometheusMetrics.http()), ENGINES.flagger);
  }
}

/** The series of one version as the preset's exporters write them: counters that have grown with every scrape so far. */
function metricsOf(preset: Preset, labels: string, behaviour: Behaviour, scrapes: number): string {
  const names = NAMES[preset];
  const ok = (behaviour.requests - behaviour.failed) * scrapes;
  const le = (bound: number) => behaviour.seconds <= bound ? behaviour.requests * scrapes : 0;
  const buckets = [0.1, 0.3, 0.5, 1, 5].map((bound) => `${names.duration}_bucket{${labels},le="${bound * names.unit}"} ${le(bound)}`);
  return [
    `${names.requests}{${labels},${names.ok}} ${ok}`,
    ...behaviour.failed === 0 ? [] : [`${names.requests}{${labels},${names.failed}} ${behaviour.failed * scrapes}`],
    ...buckets,
    `${names.duration}_bucket{${labels},le="+Inf"} ${behaviour.requests * scrapes}`,
    `${names.duration}_count{${labels}} ${behaviour.requests * scrapes}`,
    '',
  ].join('\n');
}

const ISTIO = { requests: 'istio_requests_total', duration: 'istio_request_duration_milliseconds', unit: 1000, ok: 'response_code="200"', failed: 'response_code="503"' };
const NAMES: Readonly<Record<Preset, typeof ISTIO>> = {
  'istio by source': ISTIO,
  'istio by destination': ISTIO,
  'istio, gRPC': { ...ISTIO, ok: 'response_code="200",grpc_response_status="0"', failed: 'response_code="200",grpc_response_status="14"' },
  'ingress-nginx': {
    requests: 'nginx_ingress_controller_requests', duration: 'nginx_ingress_controller_request_duration_seconds', unit: 1, ok: 'status="200"', failed: 'status="502"',
  },
  'http': { requests: 'http_requests_total', duration: 'http_request_duration_seconds', unit: 1, ok: 'code="200"', failed: 'code="500"' },
};

/** The labels that tell a version in each preset's series, and those of another service that must not be counted. */
function labelsOf(preset: Preset, service: string, version: MeasuredVersion, role: 'canary' | 'stable'): string {
  const pod = `${service}-${HASHES[role]}-abcde`;
  const deployed = `${version.workload}-5f7b9c4d8-x2x4z`;
  switch (preset) {
    case 'istio by source':
    case 'istio, gRPC': return `reporter="source",destination_workload_namespace="shop",destination_workload="${version.workload}",pod="gateway-1"`;
    case 'istio by destination': return `reporter="destination",destination_workload_namespace="shop",destination_workload="${service}",pod="${pod}"`;
    case 'ingress-nginx': return `exported_namespace="shop",ingress="${service}-nginx",canary="${role === 'canary' ? `shop-${service}-canary-http` : ''}"`;
    case 'http': return `namespace="shop",pod="${deployed}"`;
  }
}

const nameOf = (preset: Preset, service: string) => `${service}-${PRESETS.indexOf(preset)}`;

function targetFor(preset: Preset, service: string, behaviour: Behaviour | 'absent' | 'NaN'): Target {
  let scrapes = 0;
  const name = nameOf(preset, service);
  const { rollout } = planned(propsOf(preset), name).planned;
  const versions = measuredVersionsOf(rollout, name);
  return {
    labels: { target: name },
    metrics: () => {
      scrapes += 1;
      const stable = metricsOf(preset, labelsOf(preset, name, versions.stable, 'stable'), GOOD, scrapes);
      const labels = labelsOf(preset, name, versions.canary, 'canary');
      switch (behaviour) {
        case 'absent': return stable;
        case 'NaN': return stable + metricsOf(preset, labels, GOOD, NaN);
        default: return stable + metricsOf(preset, labels, behaviour, scrapes);
      }
    },
  };
}

/** The queries of a service by their names, with what Argo Rollouts would fill in. */
function queriesOf(preset: Preset, name: string): Map<string, string> {
  const props = propsOf(preset);
  const versions = measuredVersionsOf(planned(props, name).planned.rollout, name);
  return new Map(analysisOf(props, name).metrics.map((metric) => [
    metric.name,
    metric.queryFor(versions).replaceAll('{{args.canary-hash}}', HASHES.canary).replaceAll('{{args.stable-hash}}', HASHES.stable),
  ]));
}

const version = prometheusVersion();

describeUnless(version === undefined ? 'prometheus is not there (apt-get install prometheus)' : undefined, `the queries in Prometheus ${version}`, () => {
  let running: RunningPrometheus | undefined;

  beforeAll(async () => {
    running = await startPrometheus(PRESETS.flatMap((preset) =>
      Object.entries(CASES).map(([service, behaviour]) => targetFor(preset, service, behaviour))));
    await running.scraped(14);
  }, 120_000);

  afterAll(() => running?.stop());

  /** A query's one number, or nothing; never more than one. */
  async function measured(preset: Preset, service: string, metric: string): Promise<number | undefined> {
    const values = await running!.query(queriesOf(preset, nameOf(preset, service)).get(metric)!);
    expect(values.length).toBeLessThanOrEqual(1);
    return values.length === 0 ? undefined : Number(values[0]);
  }

  describe.each(PRESETS)('%s', (preset) => {
    test('the share of failed requests is that of the new version', async () => {
      expect(await measured(preset, 'good', 'error-rate')).toBe(0);
      expect(await measured(preset, 'bad', 'error-rate')).toBeCloseTo(0.1, 6);
      expect(await measured(preset, 'bad', 'error-rate-increase')).toBeCloseTo(0.1, 6);
      expect(await measured(preset, 'good', 'error-rate-increase')).toBe(0);
    });

    test('times are in seconds, whatever the histogram counts in', async () => {
      expect(await measured(preset, 'good', 'p50')).toBeCloseTo(0.05, 3);
      expect(await measured(preset, 'good', 'p99')).toBeCloseTo(0.099, 3);
      // All took 2 s: between the bounds of 1 s and 5 s.
      expect(await measured(preset, 'slow', 'p95')).toBeCloseTo(4.8, 3);
      expect(await measured(preset, 'slow', 'p99')).toBeCloseTo(4.96, 3);
      expect(await measured(preset, 'slow', 'p99-ratio')).toBeCloseTo(4.96 / 0.099, 1);
      expect(await measured(preset, 'good', 'p99-ratio')).toBeCloseTo(1, 6);
    });

    test.each(['absent', 'few', 'nan'])('%s says nothing', async (service) => {
      for (const metric of queriesOf(preset, nameOf(preset, service)).keys()) {
        expect([metric, await measured(preset, service, metric)]).toEqual([metric, undefined]);
      }
    });
  });

  test('every query of every engine is one that Prometheus can read', async () => {
    const engines = [...Object.values(ENGINES), RolloutEngine.argoRollouts({ istioSplit: IstioSplit.HOSTS })];
    const all = engines.flatMap((engine) => [PrometheusMetrics.istio(), PrometheusMetrics.http({ errorStatus: '[45]..' })].flatMap((metrics) => {
      const props = canary(prometheus({ ...EVERY_THRESHOLD, metrics, queries: [{ name: 'own', query: 'sum(rate(own_total{$canary}[$window]))', max: 1 }] }), engine);
      const versions = measuredVersionsOf(planned(props).planned.rollout, 'payments');
      return analysisOf(props).metrics.map(({ queryFor }) => queryFor(versions));
    }));
    expect(all.length).toBe(engines.length * 2 * 7);
    for (const query of all) {
      expect(await running!.query(query)).toEqual([]);
    }
  });
});
