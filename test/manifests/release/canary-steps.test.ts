import { Duration } from 'cdk8s';
import { Replicas, Risk, Traffic } from 'zero-downtime';
import { abTest, ALB, canary, type Found, HEADER, ISTIO, KEDA, objectsOf, releaseOf, SCALED, stepOf } from './native';
import { Analysis } from '../../../src/spec/analysis/analysis';

const meshed = (options: Parameters<typeof canary>[0] = {}, replicas = Replicas.fixed(10)) => canary(options, { traffic: [ISTIO], replicas });
const idsOf = (props: Parameters<typeof releaseOf>[0]) => releaseOf(props).forward.map(({ id }) => id);
const canaryPods = (props: Parameters<typeof releaseOf>[0], id: string) => objectsOf(stepOf(props, id))['deployment-canary'].spec.replicas;

describe('the order', () => {
  test('is pods before weights at each share, then the stable version, and the canary goes last', () => {
    expect(idsOf(meshed({ steps: [5, 50] }))).toEqual([
      'prepare', '01-canary-5-pods', '02-canary-5-weights', '03-canary-50-pods', '04-canary-50-weights',
      'promote-1-stable', 'promote-2-weights', 'promote-3-scale-down',
    ]);
  });

  test('has copies before the first share', () => {
    expect(idsOf(meshed({ steps: [5], mirrorPercent: 20 })).slice(1, 5))
      .toEqual(['01-canary-mirror-20-pods', '02-canary-mirror-20-routes', '03-canary-5-pods', '04-canary-5-weights']);
  });

  test('of an A/B test has one route, by the header', () => {
    expect(idsOf(abTest({ traffic: [ISTIO] })))
      .toEqual(['prepare', '01-ab-test-pods', '02-ab-test-header', 'promote-1-stable', 'promote-2-weights', 'promote-3-scale-down']);
  });

  test('of the way back is weights before pods, and it ends where the stable version is no longer the one before', () => {
    const { rollback, noReturnFrom } = releaseOf(meshed());
    expect(rollback.map(({ id }) => id)).toEqual(['rollback-1-weights', 'rollback-2-scale-down']);
    expect(noReturnFrom).toBe('promote-1-stable');
  });
});

describe('the preparation', () => {
  const props = canary({}, { traffic: [ISTIO], config: { MODE: 'fast' }, replicas: SCALED });

  test('makes what pods and routes need, and touches neither', () => {
    expect(stepOf(props, 'prepare').manifests.map(({ id }) => id))
      .toEqual(['service-account', 'config', 'service', 'service-stable', 'service-canary', 'destination-rule', 'autoscaler']);
  });

  test('waits until every proxy knows the subsets', () => {
    expect(stepOf(props, 'prepare').waitFor).toMatchObject([{ kind: 'seconds', seconds: 15 }]);
  });

  test('holds the new version\'s analysis', () => {
    const analysis = Analysis.prometheus({ address: 'http://prometheus:9090', maxErrorRate: 0.01 });
    const step = stepOf(canary({ analysis }, { traffic: [ISTIO] }), 'prepare');
    expect(objectsOf(step).analysis.metadata).toMatchObject({ name: 'payments-analysis', labels: { 'zero-downtime/analysis': 'true' } });
  });
});

describe('the canary\'s pods', () => {
  test.each([[25, 3], [50, 5], [100, 10]])('bear %d %% of ten replicas', (weight, pods) => {
    expect(canaryPods(meshed({ steps: [weight] }), `01-canary-${weight}-pods`)).toBe(pods);
  });

  test('are two at the least, so that an eviction leaves one', () => {
    expect(canaryPods(meshed({ steps: [1] }), '01-canary-1-pods')).toBe(2);
  });

  test.each([['a HorizontalPodAutoscaler', SCALED], ['KEDA', KEDA]])('bear their share of the most replicas under %s', (_, replicas) => {
    expect(canaryPods(meshed({ steps: [25] }, replicas), '01-canary-25-pods')).toBe(5);
  });

  test('bear all requests of an A/B test, whose header may be on each', () => {
    expect(canaryPods(abTest({ traffic: [ISTIO], replicas: SCALED }), '01-ab-test-pods')).toBe(20);
  });

  test('bear the copies, and stay for a share that needs fewer', () => {
    const props = meshed({ steps: [10, 60], mirrorPercent: 50 });
    expect(['01-canary-mirror-50', '03-canary-10', '05-canary-60'].map((id) => canaryPods(props, `${id}-pods`))).toEqual([5, 5, 6]);
  });

  test('are the share where nothing else splits the traffic: of ten and four pods they are 29 %', () => {
    expect(canaryPods(canary({ steps: [30] }), '01-canary-30-pods')).toBe(4);
  });

  test('are no larger a share than asked for at the fewest replicas', () => {
    const props = canary({ steps: [50] }, { replicas: SCALED });
    expect(canaryPods(props, '01-canary-50-pods')).toBe(4);
  });

  test('are awaited before the weights, and have a budget from the first moment', () => {
    const step = stepOf(meshed({ steps: [25] }), '01-canary-25-pods');
    expect(step.waitFor).toEqual([{ kind: 'available', deployment: 'payments-canary', replicas: 3 }]);
    expect(step.manifests.map(({ id }) => id)).toEqual(['disruption-budget-canary', 'deployment-canary']);
    expect(objectsOf(step)['disruption-budget-canary'].spec).toMatchObject({
      maxUnavailable: 1, selector: { matchLabels: { 'zero-downtime/track': 'canary' } },
    });
  });
});

test.each([[5, 1], [25, 1], [75, 3], [100, 4]])('of a canary of %d %% of forty pods evictions may take %d at a time', (weight, disrupted) => {
  const step = stepOf(meshed({ steps: [weight] }, Replicas.fixed(40)), `01-canary-${weight}-pods`);
  expect(objectsOf(step)['disruption-budget-canary'].spec.maxUnavailable).toBe(disrupted);
});

test('a canary of several pods has a budget where the service has one pod when load is low, and none of its own', () => {
  const props = { ...meshed({ steps: [50] }, Replicas.autoscaled({ min: 1, max: 20 })), accept: [Risk.singleReplica('a night without users')] };
  expect(objectsOf(stepOf(props, '01-canary-50-pods'))['disruption-budget-canary'].spec.maxUnavailable).toBe(1);
  expect(stepOf(props, 'promote-1-stable').manifests.map(({ id }) => id)).toEqual(['deployment-stable']);
});

describe('a share', () => {
  const analysis = Analysis.prometheus({ address: 'http://prometheus:9090', maxErrorRate: 0.01 });
  const props = meshed({ steps: [5, 25], stepDuration: Duration.minutes(20), approvalAt: [25], analysis });

  test('is held, and judged', () => {
    expect(stepOf(props, '02-canary-5-weights').waitFor).toMatchObject([
      { kind: 'seconds', seconds: 1200 }, { kind: 'analysis', configMap: 'payments-analysis' },
    ]);
  });

  test('waits for an approval where one was asked for', () => {
    expect(stepOf(props, '04-canary-25-weights').waitFor).toMatchObject([{ kind: 'seconds' }, { kind: 'analysis' }, { kind: 'approval' }]);
  });

  test('changes routes alone', () => {
    expect(stepOf(props, '04-canary-25-weights').manifests.map(({ id }) => id)).toEqual(['virtual-service']);
  });

  test('an A/B test is held for its duration', () => {
    expect(stepOf(abTest({ traffic: [ISTIO] }), '02-ab-test-header').waitFor).toMatchObject([{ kind: 'seconds', seconds: 420 }]);
  });
});

describe('the promotion', () => {
  test('gives the stable version the new template, and the canary keeps its share meanwhile', () => {
    const step = stepOf(meshed(), 'promote-1-stable');
    expect(step.manifests.map(({ id }) => id)).toEqual(['disruption-budget', 'deployment-stable']);
    expect(step.waitFor).toEqual([{ kind: 'available', deployment: 'payments-stable', replicas: 10 }]);
  });

  test('removes no stable pod before its successor is available', () => {
    const { rollingUpdate } = objectsOf(stepOf(meshed(), 'promote-1-stable'))['deployment-stable'].spec.strategy;
    expect(rollingUpdate.maxUnavailable).toBe(0);
  });

  test('awaits whatever number an autoscaler keeps', () => {
    expect(stepOf(meshed({}, SCALED), 'promote-1-stable').waitFor).toEqual([{ kind: 'available', deployment: 'payments-stable' }]);
  });

  test.each(['promote-2-weights', 'rollback-1-weights'])('in %s all traffic goes to the stable version, without the header, and pods stay until no proxy sends to them', (id) => {
    const step = stepOf(meshed({ header: HEADER }), id);
    const { http } = objectsOf(step)['virtual-service'].spec;
    expect(http.map(({ route }: Found) => route.map(({ weight }: Found) => weight))).toEqual([[100, 0]]);
    const [wait] = step.waitFor;
    expect(wait).toMatchObject({ kind: 'seconds' });
    expect((wait as { seconds: number }).seconds).toBeGreaterThanOrEqual(15);
  });

  test('pods stay for as long as a load balancer\'s cookie leads to them', () => {
    const traffic = [Traffic.awsLoadBalancer({ hosts: ['pay.example.com'], stickiness: Duration.hours(1) })];
    expect(stepOf(canary({}, { traffic }), 'promote-2-weights').waitFor).toMatchObject([{ kind: 'seconds', seconds: 3600 }]);
    expect((stepOf(canary({}, { traffic: [ALB] }), 'promote-2-weights').waitFor[0] as { seconds: number }).seconds).toBeLessThan(3600);
  });

  test.each(['promote-3-scale-down', 'rollback-2-scale-down'])('in %s the canary has no pods', (id) => {
    expect(canaryPods(meshed(), id)).toBe(0);
  });
});

describe('an autoscaler', () => {
  const behaviorIn = (props: Parameters<typeof releaseOf>[0], id: string) => {
    const { spec } = objectsOf(stepOf(props, id)).autoscaler;
    return spec.behavior ?? spec.advanced.horizontalPodAutoscalerConfig.behavior;
  };

  test.each([['a HorizontalPodAutoscaler', SCALED], ['KEDA', KEDA]])('of %s removes no stable pod while the canary takes its load, and does so again at the end', (_, replicas) => {
    const props = meshed({}, replicas);
    expect(behaviorIn(props, 'prepare').scaleDown.selectPolicy).toBe('Disabled');
    expect(behaviorIn(props, 'prepare').scaleUp.selectPolicy).toBe('Max');
    expect(behaviorIn(props, 'promote-3-scale-down').scaleDown.selectPolicy).toBe('Max');
    expect(behaviorIn(props, 'rollback-2-scale-down').scaleDown.selectPolicy).toBe('Max');
  });

  test('keeps the replicas: no step writes those of the stable version', () => {
    const { forward, rollback } = releaseOf(meshed({}, SCALED));
    const stable = [...forward, ...rollback].flatMap((step) => step.manifests).filter(({ id }) => id === 'deployment-stable');
    expect(stable.filter(({ manifest }) => 'replicas' in (manifest.spec as object))).toEqual([]);
    expect(stable).not.toEqual([]);
  });
});
