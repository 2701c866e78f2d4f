import { canary, ENGINES, prometheus, WAYS } from './declared';
import { Analysis } from '../../../src/spec/analysis/analysis';
import { IstioReporter, PrometheusMetrics } from '../../../src/spec/analysis/prometheus-metrics';
import { Protocol } from '../../../src/spec/protocol';
import { Rollout } from '../../../src/spec/rollout/rollout';
import { RolloutEngine } from '../../../src/spec/rollout/rollout-engine';
import { Traffic } from '../../../src/spec/traffic/traffic';
import { problemsOf, type Props, required, seconds } from '../declare';

const ALB = Traffic.awsLoadBalancer({ hosts: ['pay.example.com'] });
const DATADOG = { queries: [{ name: 'errors', query: 'sum:errors{$canary}', max: 1 }] };
const OWN = [{ name: 'own', data: [{ id: 'x', namespace: 'Shop', metricName: 'Failures', dimensions: [{ name: 'Version', value: '$canary' }] }], max: 1 }];
const withMetrics = (metrics: PrometheusMetrics) => prometheus({ metrics });

/** What is declared, and how the one sentence begins that refuses it. */
const REFUSED: ReadonlyArray<[string, Props, string]> = [
  ['CloudWatch without a controller', canary(Analysis.cloudWatch({ queries: OWN }), ENGINES.native), 'Analysis.cloudWatch cannot be read by zero-downtime analyze'],
  ['Datadog without a controller', canary(Analysis.datadog(DATADOG), ENGINES.native), 'Analysis.datadog cannot be read by zero-downtime analyze'],
  ['Datadog under Flagger without keys', canary(Analysis.datadog(DATADOG), ENGINES.flagger), 'Analysis.datadog needs secretName under RolloutEngine.flagger()'],
  ['CloudWatch under Flagger without a region', canary(Analysis.cloudWatch({ queries: OWN }), ENGINES.flagger), 'Analysis.cloudWatch needs region'],
  ['a load balancer\'s thresholds under Flagger', canary(Analysis.cloudWatch({ maxErrorRate: 0.1, region: 'eu-west-1' }), ENGINES.flagger, { traffic: [WAYS.istio, ALB] }),
    'Analysis.cloudWatch thresholds cannot be read under RolloutEngine.flagger()'],
  ['a load balancer\'s thresholds without one', canary(Analysis.cloudWatch({ maxErrorRate: 0.1 })), 'Analysis.cloudWatch thresholds are read from a load balancer'],
  ['ingress-nginx that is no way in', canary(withMetrics(PrometheusMetrics.ingressNginx())), 'PrometheusMetrics.ingressNginx needs Traffic.ingressNginx'],
  ['ingress-nginx where a Service is switched',
    { traffic: [WAYS.ingressNginx], rollout: Rollout.blueGreen({ analysis: withMetrics(PrometheusMetrics.ingressNginx()) }) },
    'PrometheusMetrics.ingressNginx does not tell the versions of a blue-green release apart'],
  ['ingress-nginx for gRPC', canary(withMetrics(PrometheusMetrics.ingressNginx()), ENGINES.argoRollouts, { traffic: [WAYS.ingressNginx], protocol: Protocol.GRPC }),
    'PrometheusMetrics.ingressNginx counts no failed gRPC call'],
  ['no metrics for gRPC', canary(prometheus(), ENGINES.argoRollouts, { traffic: [WAYS.ingressNginx], protocol: Protocol.GRPC }), 'Analysis.prometheus needs metrics'],
  ['callers\' reports that do not tell the versions apart', canary(withMetrics(PrometheusMetrics.istio({ reporter: IstioReporter.SOURCE }))),
    'PrometheusMetrics.istio reporter SOURCE does not tell the versions apart'],
  ['a comparison with what takes no traffic', { rollout: Rollout.blueGreen({ analysis: prometheus({ maxP99Ratio: 2 }) }) },
    'Analysis.prometheus compares with the old version, which takes no requests'],
];

test.each(REFUSED)('%s is refused in one sentence', (_, props, beginning) => {
  const problems = problemsOf(props).filter((problem) => problem.startsWith('Analysis.') || problem.startsWith('PrometheusMetrics.'));
  expect(problems).toHaveLength(1);
  expect(problems[0].startsWith(beginning)).toBe(true);
  expect(problems[0]).toMatch(/give|declare|needs secretName|needs region/);
});

const LEGAL: ReadonlyArray<[string, Props]> = [
  ['Prometheus under Argo Rollouts', canary()],
  ['Prometheus under Flagger', canary(prometheus(), ENGINES.flagger)],
  ['Prometheus without a controller', canary(prometheus(), ENGINES.native)],
  ['Datadog under Argo Rollouts', canary(Analysis.datadog(DATADOG))],
  ['Datadog under Flagger with keys', canary(Analysis.datadog({ ...DATADOG, secretName: 'datadog' }), ENGINES.flagger)],
  ['CloudWatch queries under Flagger', canary(Analysis.cloudWatch({ queries: OWN, region: 'eu-west-1' }), ENGINES.flagger)],
  ['a load balancer\'s thresholds', canary(Analysis.cloudWatch({ maxErrorRate: 0.1 }), ENGINES.argoRollouts, { traffic: [ALB] })],
  ['an absolute threshold before the switch', { rollout: Rollout.blueGreen({ previewAnalysis: prometheus() }) }],
];

test.each(LEGAL)('%s is legal', (_, props) => {
  expect(problemsOf(props)).toEqual([]);
});

describe('a name that Kubernetes would cut in the names of pods', () => {
  const byPods = withMetrics(PrometheusMetrics.http());
  const named = (length: number, analysis: Analysis, engine: RolloutEngine) => problemsOf(canary(analysis, engine), 'a'.repeat(length))
    .filter((problem) => problem.includes('analysis by pods'));

  test.each([['argoRollouts', 46], ['flagger', 38], ['native', 39]] as const)('is refused where pods tell the versions apart, under %s above %d characters', (engine, longest) => {
    expect(named(longest, byPods, ENGINES[engine])).toEqual([]);
    expect(named(longest + 1, byPods, ENGINES[engine])).toEqual([
      expect.stringContaining(`of ${longest + 1} characters must have at most ${longest} for an analysis by pods`),
    ]);
  });

  test('does no harm where Deployments do', () => {
    expect(named(50, prometheus(), ENGINES.native)).toEqual([]);
  });
});

describe('what must be measured elsewhere is told', () => {
  test('which proxies are read in a mesh, and what each does not see', () => {
    expect(required('cluster', canary(prometheus(), ENGINES.native))).toContain(
      'analysis: Prometheus scrapes the proxies of all callers, gateways included: what they do not report is not measured');
    expect(required('cluster', canary())).toContain(
      'analysis: Prometheus scrapes the proxies of the pods and labels their series with pod; a request that reached no pod is not measured');
  });

  test('that a time needs a bucket above it to be exceeded', () => {
    const timed = canary(prometheus({ metrics: PrometheusMetrics.http(), maxP99: seconds(2) }));
    expect(required('program', timed)).toContain(
      'analysis: http_request_duration_seconds has a bucket above 2s besides that of all requests; without one no request is ever seen to be slower');
  });

  test('that Argo Rollouts must know the target groups', () => {
    expect(required('cluster', LEGAL[6][1]).filter((text) => text.includes('--aws-verify-target-group'))).toHaveLength(1);
  });
});
