import { abTest, argo, blueGreen, canary, flagger, HEADER, native } from './released';
import { FEATURES } from '../../../src/plan/rollout/legal-features';
import type { Strategy } from '../../../src/plan/rollout/legal-strategies';
import { legalities, waysOf } from '../../../src/plan/rollout/legality';
import { ENGINE_NAMES, EngineKind, WAYS, WayKind } from '../../../src/plan/rollout/verdict';
import { Health } from '../../../src/spec/health';
import { Pods } from '../../../src/spec/pods';
import { Protocol } from '../../../src/spec/protocol';
import { BlueGreenOptions } from '../../../src/spec/rollout/blue-green';
import { CanaryOptions } from '../../../src/spec/rollout/canary';
import { ArgoRolloutsOptions, RolloutEngine, StableScale } from '../../../src/spec/rollout/rollout-engine';
import { Traffic } from '../../../src/spec/traffic/traffic';
import { planned, problemsOf, Props, seconds } from '../declare';

const ENGINES: Record<EngineKind, (options?: ArgoRolloutsOptions) => RolloutEngine> = {
  argoRollouts: argo, flagger: () => flagger(), native: () => native(),
};

/** What a declaration says of one feature: of the release, of its engine, or of a way in. */
interface Asked {
  readonly release?: CanaryOptions & BlueGreenOptions;
  readonly engine?: ArgoRolloutsOptions;
  readonly stickiness?: boolean;
  readonly clientIpAffinity?: boolean;
}

const ASKED: Record<string, Asked> = {
  'header': { release: { header: HEADER } },
  'mirrorPercent': { release: { mirrorPercent: 10 } },
  'sessionCookie': { release: { sessionCookie: {} } },
  'awsLoadBalancer.stickiness': { stickiness: true },
  'clusterInternal.clientIpAffinity': { clientIpAffinity: true },
  'argoRollouts.stableScale DYNAMIC': { engine: { stableScale: StableScale.DYNAMIC } },
  'argoRollouts.scaleDownDelay': { engine: { scaleDownDelay: seconds(300) } },
  'argoRollouts.abortScaleDownDelay': { engine: { abortScaleDownDelay: seconds(300) } },
  'argoRollouts.rollbackWindow': { engine: { rollbackWindow: 3 } },
  'bakeTime': { release: { bakeTime: seconds(300) } },
  'previewPods': { release: { previewPods: Pods.count(1) } },
};

function trafficOf(way: WayKind, { stickiness, clientIpAffinity }: Asked): Props {
  const hosts = ['a.example.com'];
  const gateways = [{ name: 'public' }];
  const internal = Traffic.clusterInternal({ clientIpAffinity: clientIpAffinity ? seconds(60) : undefined });
  const ways: Record<WayKind, () => Traffic[]> = {
    clusterInternal: () => [],
    istio: () => [Traffic.istio()],
    awsLoadBalancer: () => [Traffic.awsLoadBalancer({ stickiness: stickiness ? seconds(60) : undefined })],
    networkLoadBalancer: () => [Traffic.networkLoadBalancer()],
    ingressNginx: () => [Traffic.ingressNginx({ hosts })],
    httpRoute: () => [Traffic.httpRoute({ gateways })],
    grpcRoute: () => [Traffic.grpcRoute({ gateways })],
  };
  return { traffic: [internal, ...ways[way]()], ...(way === 'grpcRoute' ? { protocol: Protocol.GRPC, health: Health.grpc() } : {}) };
}

function declared(engine: EngineKind, strategy: Strategy, way: WayKind, asked: Asked = {}): Props {
  const options = { ...asked.release, engine: ENGINES[engine](asked.engine) };
  const more = trafficOf(way, asked);
  switch (strategy) {
    // Shares that are whole pods, and different ones, wherever the pods are the shares.
    case 'canary': return canary({ steps: [20, 50], ...options }, more);
    case 'abTest': return abTest(options, more);
    case 'blueGreen': return blueGreen(options, more);
  }
}

const CASES = legalities().flatMap(({ engine, strategy, feature, verdicts }) =>
  verdicts.map(([way, verdict]) => ({ engine, strategy, feature: feature ?? 'itself', way, verdict })));

test.each(CASES)('$engine $strategy $feature $way is as the table says', ({ engine, strategy, feature, way, verdict }) => {
  const problems = problemsOf(declared(engine, strategy, way, ASKED[feature]));
  if (!verdict) {
    expect(problems).toEqual([]);
  } else {
    expect(problems).toEqual([expect.stringContaining(
      ` cannot be given with ${ENGINE_NAMES[engine]} and Traffic.${way}, because ${verdict.because}; ${verdict.instead}`)]);
  }
});

test('the table has every engine, release and way in, and each feature is tried', () => {
  expect(CASES.filter(({ feature }) => feature === 'itself')).toHaveLength(3 * 3 * 7);
  expect(FEATURES.map(({ name }) => name).sort()).toEqual(Object.keys(ASKED).sort());
  expect(WAYS).toHaveLength(7);
});

test.each(FEATURES.map(({ name }) => [name]))('%s that is not asked for is not refused, and neither is one with another engine', (name) => {
  const feature = FEATURES.find((candidate) => candidate.name === name)!;
  for (const engine of Object.keys(ENGINES) as EngineKind[]) {
    for (const strategy of feature.strategies.filter(() => feature.verdicts[engine] === undefined)) {
      const way = feature.way ?? 'istio';
      const whole = problemsOf(declared(engine, strategy, way));
      expect(problemsOf(declared(engine, strategy, way, ASKED[name]))).toEqual(whole);
    }
  }
});

test.each(CASES.filter(({ verdict }) => verdict))('the reason for $engine $strategy $feature $way is one sentence with a source', ({ verdict }) => {
  expect(verdict!.because).toMatch(/^\S.*[^.]$/);
  expect(verdict!.instead).toMatch(/^(use|leave|add|give) .*[^.]$/);
  expect(verdict!.source).not.toBe('');
});

test('messages name the value', () => {
  expect(problemsOf(declared('argoRollouts', 'canary', 'httpRoute', ASKED.mirrorPercent))).toEqual([
    'Rollout.canary mirrorPercent 10% cannot be given with RolloutEngine.argoRollouts and Traffic.httpRoute, '
    + 'because of the routes that it writes only those of Istio mirror requests; use Traffic.istio, or leave it out',
  ]);
  expect(problemsOf(declared('flagger', 'blueGreen', 'istio', ASKED.bakeTime))).toEqual([expect.stringMatching(/^Rollout\.blueGreen bakeTime 300s cannot/)]);
  expect(problemsOf(declared('argoRollouts', 'abTest', 'awsLoadBalancer', ASKED['awsLoadBalancer.stickiness'])))
    .toEqual([expect.stringMatching(/^awsLoadBalancer\.stickiness cannot be given with RolloutEngine\.argoRollouts/)]);
});

test('every way in must do it, and calls from inside the cluster need not where there is another', () => {
  const both = (...traffic: Traffic[]) => problemsOf(canary({ header: HEADER }, { traffic }));
  expect(both(Traffic.istio(), Traffic.awsLoadBalancer())).toEqual([]);
  expect(both(Traffic.istio(), Traffic.networkLoadBalancer())).toEqual([
    expect.stringMatching(/^Rollout\.canary cannot be given with RolloutEngine\.argoRollouts and Traffic\.networkLoadBalancer/),
  ]);
  expect(waysOf(planned({}).planned.spec)).toEqual(['clusterInternal']);
  expect(waysOf(planned({ traffic: [Traffic.istio()] }).planned.spec)).toEqual(['istio']);
});

test('a rolling release goes through every way in', () => {
  for (const way of WAYS) {
    expect(problemsOf(trafficOf(way, {}))).toEqual([]);
  }
});
