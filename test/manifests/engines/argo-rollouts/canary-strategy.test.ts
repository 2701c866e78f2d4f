import { Duration } from 'cdk8s';
import { IstioSplit, Replicas, Risk, StableScale, VersionAntiAffinity } from 'zero-downtime';
import { canary, canaryOf, Released, WAYS } from './released';

const routed = (released: Released = {}) => canaryOf(canary({}, released));

describe('pods', () => {
  test('with weights are neither surged nor taken away, which Argo Rollouts would not read', () => {
    expect(routed()).not.toHaveProperty('maxSurge');
    expect(routed()).not.toHaveProperty('maxUnavailable');
  });

  test('without weights make the share, and old ones leave only for new ones', () => {
    const unrouted = canaryOf(canary({ steps: [50] }, { traffic: [] }));
    expect(unrouted).toMatchObject({ maxSurge: '100%', maxUnavailable: 0 });
    for (const field of ['trafficRouting', 'stableService', 'canaryService', 'scaleDownDelaySeconds', 'abortScaleDownDelaySeconds', 'minPodsPerReplicaSet']) {
      expect(unrouted).not.toHaveProperty(field);
    }
  });

  test('of a version are one more than evictions may take, because its share of the requests is theirs alone', () => {
    expect(routed().minPodsPerReplicaSet).toBe(2);
    expect(routed({ replicas: Replicas.fixed(40) }).minPodsPerReplicaSet).toBe(5);
  });

  test('of a version have no least number beside a dynamic scale, which would keep an abort from ending', () => {
    expect(routed({ argo: { stableScale: StableScale.DYNAMIC } })).not.toHaveProperty('minPodsPerReplicaSet');
  });

  test('of a single replica are not multiplied: there is no budget', () => {
    expect(routed({ replicas: Replicas.fixed(1), accept: [Risk.singleReplica('a test')] })).not.toHaveProperty('minPodsPerReplicaSet');
  });
});

describe('delays', () => {
  test('are never shorter than what the slowest way in takes', () => {
    expect(routed().scaleDownDelaySeconds).toBeGreaterThanOrEqual(30);
    expect(routed().abortScaleDownDelaySeconds).toBeGreaterThanOrEqual(30);
  });

  test('are written as declared', () => {
    const argo = { scaleDownDelay: Duration.minutes(5), abortScaleDownDelay: Duration.minutes(10) };
    expect(routed({ argo })).toMatchObject({ scaleDownDelaySeconds: 300, abortScaleDownDelaySeconds: 600 });
  });

  test('of old pods are left out beside a dynamic scale, which Argo Rollouts refuses together', () => {
    const dynamic = routed({ argo: { stableScale: StableScale.DYNAMIC } });
    expect(dynamic.dynamicStableScale).toBe(true);
    expect(dynamic).not.toHaveProperty('scaleDownDelaySeconds');
  });

  test('of an aborted version are never 0, which Argo Rollouts reads as for ever', () => {
    expect(routed({ argo: { stableScale: StableScale.DYNAMIC } }).abortScaleDownDelaySeconds).not.toBe(0);
  });

  test('a full scale is Argo Rollouts\' own default', () => {
    expect(routed()).not.toHaveProperty('dynamicStableScale');
  });
});

describe('anti-affinity', () => {
  test('is none by default', () => {
    expect(routed()).not.toHaveProperty('antiAffinity');
  });

  test('preferred has the largest weight', () => {
    expect(routed({ argo: { antiAffinity: VersionAntiAffinity.PREFERRED } }).antiAffinity)
      .toEqual({ preferredDuringSchedulingIgnoredDuringExecution: { weight: 100 } });
  });

  test('required', () => {
    expect(routed({ argo: { antiAffinity: VersionAntiAffinity.REQUIRED } }).antiAffinity)
      .toEqual({ requiredDuringSchedulingIgnoredDuringExecution: {} });
  });
});

describe('Services', () => {
  test('subsets need none of their own', () => {
    expect(routed()).not.toHaveProperty('stableService');
    expect(routed()).not.toHaveProperty('canaryService');
  });

  test('hosts are two', () => {
    expect(routed({ argo: { istioSplit: IstioSplit.HOSTS } })).toMatchObject({ stableService: 'payments-stable', canaryService: 'payments-canary' });
  });

  test('several routers at once have what each needs', () => {
    const { trafficRouting, ...strategy } = routed({ traffic: [WAYS.istio(), WAYS.alb(), WAYS.nginx()] });
    expect(Object.keys(trafficRouting).sort()).toEqual(['alb', 'istio', 'nginx']);
    expect(strategy).toMatchObject({
      stableService: 'payments-stable', canaryService: 'payments-canary', pingPong: { pingService: 'payments-ping', pongService: 'payments-pong' },
    });
  });
});
