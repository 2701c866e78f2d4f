import { analysisOf, canary, ENGINES, EVERY_THRESHOLD, prometheus, WAYS } from './declared';
import { measuredVersionsOf } from '../../../src/plan/analysis/measured-versions';
import type { Analysis } from '../../../src/spec/analysis/analysis';
import { IstioReporter, PrometheusMetrics } from '../../../src/spec/analysis/prometheus-metrics';
import { Protocol } from '../../../src/spec/protocol';
import { Rollout } from '../../../src/spec/rollout/rollout';
import { Colour, IstioSplit, RolloutEngine } from '../../../src/spec/rollout/rollout-engine';
import { planned, type Props } from '../declare';

/** A metric's query with its engine's versions. */
function queryOf(props: Props, metric = 'error-rate'): string {
  const { rollout } = planned(props).planned;
  return analysisOf(props).metrics.find(({ name }) => name === metric)!.queryFor(measuredVersionsOf(rollout, 'payments'));
}

const asking = (query: string, analysis: object = {}) => prometheus({ queries: [{ name: 'own', query, max: 1 }], ...analysis });

describe('the metrics that are read where none are named', () => {
  const metricOf = (props: Props) => /(\w+)\{/.exec(queryOf(props))![1];

  test('are those of the way in that tells the versions apart, Istio first', () => {
    expect(metricOf(canary())).toBe('istio_requests_total');
    expect(metricOf(canary(prometheus(), ENGINES.argoRollouts, { traffic: [WAYS.ingressNginx] }))).toBe('nginx_ingress_controller_requests');
    expect(metricOf(canary(prometheus(), ENGINES.argoRollouts, { traffic: [WAYS.ingressNginx, WAYS.istio] }))).toBe('istio_requests_total');
    expect(metricOf({ rollout: Rollout.canary({ steps: [50], analysis: prometheus() }) })).toBe('http_requests_total');
  });

  test('are the program\'s own where a Service is switched, which the controller of an Ingress does not see', () => {
    expect(metricOf({ traffic: [WAYS.ingressNginx], rollout: Rollout.blueGreen({ analysis: prometheus() }) })).toBe('http_requests_total');
  });
});

describe('Istio tells the versions', () => {
  test('by Deployment, as the callers\' proxies report them, where each version has one', () => {
    expect(queryOf(canary(prometheus(), ENGINES.native)))
      .toContain('istio_requests_total{reporter="source",destination_workload_namespace="shop",destination_workload="payments-canary",response_code=~"5.."}');
    expect(queryOf(canary(prometheus(), ENGINES.flagger))).toContain('destination_workload="payments",');
  });

  test('by Service under Argo Rollouts with hosts', () => {
    expect(queryOf(canary(prometheus(), RolloutEngine.argoRollouts({ istioSplit: IstioSplit.HOSTS }))))
      .toContain('reporter="source",destination_service_namespace="shop",destination_service_name="payments-canary"');
  });

  test('by pod, as the pods\' own proxies report them, under Argo Rollouts with subsets', () => {
    expect(queryOf(canary()))
      .toContain('reporter="destination",destination_workload_namespace="shop",pod=~"payments-{{args.canary-hash}}-[0-9a-z]{5}"');
    const byPod = canary(prometheus({ metrics: PrometheusMetrics.istio({ reporter: IstioReporter.DESTINATION, podLabel: 'instance_pod' }) }), ENGINES.native);
    expect(queryOf(byPod)).toContain('reporter="destination",destination_workload_namespace="shop",instance_pod=~"payments-canary-');
  });

  test('and counts the statuses of gRPC that are failures of a server, once', () => {
    const query = queryOf(canary(prometheus(), ENGINES.native, { protocol: Protocol.GRPC }));
    expect(query).toContain('response_code=~"5.."');
    expect(query).toContain('response_code!~"5..",grpc_response_status=~"2|4|12|13|14|15"');
    expect(queryOf(canary(prometheus(), ENGINES.native))).not.toContain('grpc_response_status');
  });
});

test('ingress-nginx tells the new version by the name of the backend that took over, and the old one by there being none', () => {
  const props = canary(prometheus(EVERY_THRESHOLD), ENGINES.argoRollouts, { traffic: [WAYS.ingressNginx] });
  expect(queryOf(props)).toContain('nginx_ingress_controller_requests{canary=~"shop-payments-canary-(http|80)",status=~"5.."}');
  expect(queryOf(props, 'error-rate-increase')).toContain('{exported_namespace="shop",ingress="payments-nginx",canary=""}');
});

test('the program\'s own metrics have the names and labels that were given', () => {
  const metrics = PrometheusMetrics.http({
    requests: 'calls_total', duration: 'call_seconds', statusLabel: 'outcome', errorStatus: 'Internal|Unavailable', podLabel: 'kubernetes_pod', namespaceLabel: 'ns',
  });
  const props = canary(prometheus({ ...EVERY_THRESHOLD, metrics }), ENGINES.flagger);
  expect(queryOf(props)).toContain('calls_total{ns="shop",kubernetes_pod=~"payments-[0-9a-z]{1,10}-[0-9a-z]{5}",outcome=~"Internal|Unavailable"}');
  expect(queryOf(props, 'p99')).toContain('call_seconds_bucket{ns="shop",');
});

test('the colours of a blue-green release are told apart, whichever is to be live', () => {
  const rollout = (live?: Colour) => Rollout.blueGreen({ analysis: prometheus(), engine: RolloutEngine.native({ live }) });
  const props = (live?: Colour): Props => ({ traffic: [WAYS.istio], rollout: rollout(live) });
  expect(queryOf(props())).toContain('destination_workload="payments-blue"');
  expect(queryOf(props(Colour.GREEN))).toContain('destination_workload="payments-green"');
});

describe('every query of a threshold', () => {
  const props = canary(prometheus({ ...EVERY_THRESHOLD, minRequests: 77 }), ENGINES.native);
  const queries = analysisOf(props).metrics.map(({ name }): [string, string] => [name, queryOf(props, name)]);

  test('is there once', () => {
    expect(queries.map(([name]) => name)).toEqual(['error-rate', 'error-rate-increase', 'p50', 'p95', 'p99', 'p99-ratio']);
  });

  test.each(queries)('%s says nothing about too few requests', (name, query) => {
    const guards = [...query.matchAll(/ and \(sum\(increase\(\w+\{[^}]*destination_workload="payments-(\w+)"\}\[120s\]\)\) >= 77\)/g)].map(([, version]) => version);
    expect(guards).toEqual(name === 'error-rate-increase' || name === 'p99-ratio' ? ['canary', 'stable'] : ['canary']);
  });

  test.each(queries)('%s selects nothing that is not of one version', (_, query) => {
    const selectors = [...query.matchAll(/\{([^}]*)\}/g)].map(([, matchers]) => matchers);
    expect(selectors.length).toBeGreaterThanOrEqual(2);
    expect(selectors.filter((matchers) => !/destination_workload="payments-(canary|stable)"/.test(matchers))).toEqual([]);
  });

  test('takes no failure yet for none', () => {
    expect(queries.filter(([, query]) => query.includes('or vector(0)')).map(([name]) => name)).toEqual(['error-rate', 'error-rate-increase']);
  });
});

describe('a query of the team\'s own', () => {
  test('has the matchers of a version\'s pods and the window filled in', () => {
    expect(queryOf(canary(asking('sum(rate(a_total{$canary,x="1"}[$window])) / sum(rate(a_total{$stable}[$window]))'), ENGINES.native), 'own'))
      .toBe('sum(rate(a_total{namespace="shop",pod=~"payments-canary-[0-9a-z]{1,10}-[0-9a-z]{5}",x="1"}[120s])) '
        + '/ sum(rate(a_total{namespace="shop",pod=~"payments-stable-[0-9a-z]{1,10}-[0-9a-z]{5}"}[120s]))');
  });

  test('keeps everything else as it is, words that begin alike and signs of replacement texts included', () => {
    expect(queryOf(canary(asking('label_replace(a{$canary}, "x", "$1 $& $canaryish", "y", "(.*)")'), ENGINES.native), 'own'))
      .toMatch(/^label_replace\(a\{namespace="shop",pod=~"[^"]*"\}, "x", "\$1 \$& \$canaryish", "y", "\(\.\*\)"\)$/);
  });

  test('takes the labels of the program\'s own metrics', () => {
    const analysis: Analysis = asking('a{$canary}', { metrics: PrometheusMetrics.http({ podLabel: 'kubernetes_pod', namespaceLabel: 'ns' }) });
    expect(queryOf(canary(analysis, ENGINES.native), 'own')).toMatch(/^a\{ns="shop",kubernetes_pod=~"/);
  });
});
