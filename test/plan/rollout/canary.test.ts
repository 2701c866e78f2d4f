import { argo, canary, flagger, HEADER, native, plannedCanary, WAYS_IN } from './released';
import type { PlannedCanary } from '../../../src/plan/rollout/planned-rollout';
import { Analysis } from '../../../src/spec/analysis/analysis';
import { Replicas } from '../../../src/spec/replicas';
import { Risk } from '../../../src/spec/risk';
import type { CanaryOptions } from '../../../src/spec/rollout/canary';
import { FlaggerWebhook } from '../../../src/spec/rollout/flagger-webhook';
import { RolloutEngine, StableScale } from '../../../src/spec/rollout/rollout-engine';
import { decided, originOf, planned, problemsOf, required, seconds, valueOf } from '../declare';

const measured = Analysis.prometheus({ address: 'http://prometheus.monitoring:9090', maxErrorRate: 0.01 });
const rated = Analysis.prometheus({ address: 'http://prometheus.monitoring:9090', maxErrorRate: 0.01, requestsPerSecond: 5 });
const load = (name: string, timeout: number) => FlaggerWebhook.loadTest(name, { url: 'http://load.test/', timeout: seconds(timeout) });

describe('stepDuration', () => {
  test('is five minutes, where nothing asks for more', () => {
    expect(decided('rollout.stepDuration', canary())).toEqual({
      value: 300, unit: 's', origin: 'preferred', inequalities: ['≥ clusterInternal.propagation 10s', '≥ istio.propagation 15s', '≥ 1s'],
    });
  });

  test('is as long as the analysis of one share', () => {
    const props = canary({ analysis: measured });
    expect(valueOf('rollout.stepDuration', props)).toBe(valueOf('analysis.duration', props));
    expect(valueOf('rollout.stepDuration', props)).toBeGreaterThan(300);
  });

  test('is refused where the analysis takes longer', () => {
    const needed = valueOf('analysis.duration', canary({ analysis: measured }));
    expect(problemsOf(canary({ analysis: measured, stepDuration: seconds(needed) }))).toEqual([]);
    expect(problemsOf(canary({ analysis: measured, stepDuration: seconds(needed - 1) }))).toEqual([
      `rollout.stepDuration ${needed - 1}s must be at least analysis.duration ${needed}s; give it ${needed}s or more, or leave it out`,
    ]);
  });

  test('is refused where a way in learns of the weights more slowly', () => {
    expect(problemsOf(canary({ stepDuration: seconds(15) }))).toEqual([]);
    expect(problemsOf(canary({ stepDuration: seconds(14) }))).toEqual([
      'rollout.stepDuration 14s must be at least istio.propagation 15s; give it 15s or more, or leave it out',
    ]);
  });

  test('is refused under Flagger where its load tests may take longer, all together', () => {
    const hooks = [load('first', 200), load('second', 150), FlaggerWebhook.confirmPromotion('gate', { url: 'http://gate.test/', timeout: seconds(900) })];
    const props = (step?: number) => canary({ engine: flagger({ webhooks: hooks }), stepDuration: step === undefined ? undefined : seconds(step) });
    expect(valueOf('rollout.stepDuration', props())).toBe(351);
    expect(problemsOf(props(350))).toEqual([
      'rollout.stepDuration 350s must be more than webhook first.timeout 200s + webhook second.timeout 150s = 350s; give it 351s or more, or leave it out',
    ]);
  });

  test('is Flagger\'s interval', () => {
    expect(plannedCanary(canary({ engine: flagger(), stepDuration: seconds(90) })).loop).toEqual({ interval: 90 });
    expect(plannedCanary(canary()).loop).toBeUndefined();
  });

  test('holds what is measured under Flagger', () => {
    const { inequalities } = decided('rollout.stepDuration', canary({ engine: flagger(), analysis: measured }));
    expect(inequalities.filter((text) => text.includes('analysis.'))).toEqual([
      expect.stringMatching(/^≥ analysis\.duration \d+s$/), expect.stringMatching(/^≥ analysis\.window \d+s$/), expect.stringMatching(/^≥ analysis\.initialDelay \d+s$/),
    ]);
  });
});

describe('the shares', () => {
  const shares = (props: ReturnType<typeof canary>) => plannedCanary(props).steps.map(({ weight, pods }) => [weight, pods]);
  const ten = { replicas: Replicas.fixed(10) };

  test('have the pods that bear them, and more than evictions may take', () => {
    expect(shares(canary({ steps: [5, 25, 51] }, ten))).toEqual([[5, 2], [25, 3], [51, 6]]);
    expect(decided('rollout.pods.5%', canary({}, ten))).toEqual({
      value: 2, unit: 'pods', origin: 'derived', inequalities: ['≥ ⌈5% × replicas 10⌉', '≥ maxDisrupted 1 pod + 1 pod'],
    });
  });

  test('follow the most replicas, where an autoscaler decides', () => {
    expect(shares(canary({ steps: [50] }, { replicas: Replicas.autoscaled({ min: 2, max: 9 }) }))).toEqual([[50, 5]]);
  });

  test('outlast an eviction without a controller too, whose canary has a budget of its own', () => {
    expect(decided('rollout.pods.5%', canary({ engine: native() }, { replicas: Replicas.fixed(40) }))).toEqual({
      value: 2, unit: 'pods', origin: 'derived', inequalities: ['≥ ⌈5% × replicas 40⌉', '≥ 2 pods'],
    });
    expect(shares(canary({ steps: [5], engine: native() }, { replicas: Replicas.fixed(1), accept: [Risk.singleReplica('a test')] }))).toEqual([[5, 1]]);
  });

  describe('after copies of requests', () => {
    const mirrored = (options: CanaryOptions) => plannedCanary(canary({ steps: [5, 80], mirrorPercent: 60, ...options }, ten));
    const podsOf = ({ mirrorPods, steps }: PlannedCanary) => [mirrorPods, ...steps.map(({ pods }) => pods)];

    test('have pods that bear the copies first', () => {
      expect(podsOf(mirrored({ engine: argo() }))).toEqual([6, 2, 8]);
      expect(podsOf(mirrored({ engine: argo(), mirrorPercent: undefined }))).toEqual([undefined, 2, 8]);
      expect(podsOf(mirrored({ engine: flagger() }))).toEqual([undefined, 10, 10]);
    });

    test('keep them without a controller', () => {
      expect(podsOf(mirrored({ engine: native() }))).toEqual([6, 6, 8]);
      expect(decided('rollout.pods.5%', canary({ steps: [5], mirrorPercent: 60, engine: native() }, ten)).inequalities).toContain('≥ rollout.pods.mirror 6 pods');
    });

    test('have two at the least, and those that requests with a header need beside', () => {
      expect(podsOf(mirrored({ mirrorPercent: 1, engine: native() }))[0]).toBe(2);
      expect(podsOf(mirrored({ steps: [70], mirrorPercent: 1, header: HEADER, engine: native() }))).toEqual([7, 7]);
    });

    test('are measured by the smaller of the two shares', () => {
      const window = (mirrorPercent?: number) => decided('analysis.window', canary({ steps: [20], mirrorPercent, analysis: rated })).inequalities[1];
      expect(window()).toBe('≥ minRequests 20 ÷ (requestsPerSecond 5 × 20%)');
      expect(window(10)).toBe('≥ minRequests 20 ÷ (requestsPerSecond 5 × 10%)');
      expect(window(50)).toBe('≥ minRequests 20 ÷ (requestsPerSecond 5 × 20%)');
    });
  });

  test('have all pods under Flagger', () => {
    expect(shares(canary({ engine: flagger() }, ten))).toEqual([[5, 10], [25, 10], [50, 10]]);
  });

  test('are held and approved of as declared', () => {
    expect(plannedCanary(canary({ steps: [10, 20], approvalAt: [20], stepDuration: seconds(77) })).steps).toEqual([
      { weight: 10, seconds: 77, awaitsApproval: false, pods: 2 }, { weight: 20, seconds: 77, awaitsApproval: true, pods: 2 },
    ]);
  });

  describe('without a way in that splits traffic', () => {
    const counted = (steps: number[], replicas: number, engine = argo()) =>
      canary({ steps, engine }, { traffic: [], replicas: Replicas.fixed(replicas) });

    test('are pods in the place of others', () => {
      expect(shares(counted([10, 25, 100], 10))).toEqual([[10, 1], [25, 3], [100, 10]]);
    });

    test('are pods on top of the others, where no controller replaces them', () => {
      expect(shares(counted([10, 25, 50], 10, native()))).toEqual([[10, 2], [25, 3], [50, 10]]);
      expect(decided('rollout.pods.10%', counted([10], 10, native())).inequalities).toEqual(['≥ ⌊10% ÷ 90% × replicas 10 + ½⌋', '≥ 2 pods']);
    });

    test('are no larger a share than asked for at the fewest replicas, where no controller counts them', () => {
      const scaled = (engine: RolloutEngine) => canary({ steps: [50], engine }, { traffic: [], replicas: Replicas.autoscaled({ min: 4, max: 20 }) });
      expect(shares(scaled(native()))).toEqual([[50, 4]]);
      expect(shares(scaled(argo()))).toEqual([[50, 10]]);
    });

    test('are refused where two of them are the fewest pods', () => {
      expect(problemsOf(counted([5, 15], 10, native()))).toEqual([expect.stringMatching(/^Rollout\.canary steps 15% of replicas 10 is 2 pods, as many as 5% is,/)]);
      expect(problemsOf(counted([15, 17], 10, native()))).toEqual([expect.stringMatching(/as many as 15% is/)]);
      expect(problemsOf(counted([15, 25], 10, native()))).toEqual([]);
    });

    test('are refused where they round to no pod', () => {
      expect(problemsOf(counted([4, 50], 10))).toEqual([
        'Rollout.canary steps 4% of replicas 10 is 0 pods after rounding, and without a way in that splits traffic the pods are the share; '
        + 'give at least 5%, or add a way in that splits traffic, such as Traffic.istio',
      ]);
      expect(problemsOf(counted([5, 50], 10))).toEqual([]);
    });

    test('are refused where they are the same pods as before', () => {
      expect(problemsOf(counted([11, 20], 10))).toEqual([
        'Rollout.canary steps 20% of replicas 10 is 2 pods, as many as 11% is, and without a way in that splits traffic the pods are the share; '
        + 'leave one of them out, or add a way in that splits traffic, such as Traffic.istio',
      ]);
      expect(problemsOf(counted([10, 20], 10))).toEqual([]);
    });

    test('are refused above a half where the old pods all stay', () => {
      expect(problemsOf(counted([50], 10, native()))).toEqual([]);
      expect(problemsOf(counted([51], 10))).toEqual([]);
      expect(problemsOf(counted([51], 10, native()))).toEqual([
        'Rollout.canary steps 51% of replicas 10 must be at most 50%, because without a way in that splits traffic it needs more pods than the old version has; '
        + 'leave it out, or add a way in that splits traffic, such as Traffic.istio',
      ]);
    });

    test('count the fewest replicas, where an autoscaler decides', () => {
      expect(problemsOf(canary({ steps: [10] }, { traffic: [], replicas: Replicas.autoscaled({ min: 4, max: 40 }) }))).toEqual([
        expect.stringMatching(/^Rollout\.canary steps 10% of replicas\.min 4 is 0 pods/),
      ]);
    });
  });
});

describe('the scale-down delay', () => {
  test('is the least that Argo Rollouts holds to be safe', () => {
    expect(decided('rollout.scaleDownDelay', canary())).toEqual({
      value: 30,
      unit: 's',
      origin: 'derived',
      inequalities: [
        '≥ 30s',
        '≥ clusterInternal.propagation 10s',
        '≥ istio.propagation 15s',
        '≥ clusterInternal.propagation 10s + longestRequest 30s − terminationGracePeriod 50s',
        '≥ istio.propagation 15s + longestRequest 30s − terminationGracePeriod 50s',
        '≥ 1s',
      ],
    });
  });

  test('is as long as the slowest way in takes to learn of a change', () => {
    const props = canary({}, { traffic: WAYS_IN.awsLoadBalancer() });
    expect(plannedCanary(props)).toMatchObject({ propagation: 60, scaleDownDelay: 60, abortScaleDownDelay: 60 });
  });

  test('may be longer, and an abort\'s with it, and not shorter', () => {
    const delays = (scaleDownDelay: number, abort?: number) =>
      canary({ engine: argo({ scaleDownDelay: seconds(scaleDownDelay), abortScaleDownDelay: abort === undefined ? undefined : seconds(abort) }) }, {
        traffic: WAYS_IN.awsLoadBalancer(),
      });
    expect(plannedCanary(delays(90))).toMatchObject({ scaleDownDelay: 90, abortScaleDownDelay: 90 });
    expect(plannedCanary(delays(90, 70))).toMatchObject({ scaleDownDelay: 90, abortScaleDownDelay: 70 });
    expect(problemsOf(delays(90, 59))).toEqual([
      'rollout.abortScaleDownDelay 59s must be at least awsLoadBalancer.propagation 60s; give it 60s or more, or leave it out',
    ]);
  });

  test('is none where Argo Rollouts refuses one', () => {
    const dynamic = canary({ engine: argo({ stableScale: StableScale.DYNAMIC }) });
    const counted = canary({ steps: [50] }, { traffic: [] });
    for (const props of [dynamic, counted]) {
      expect(plannedCanary(props)).toMatchObject({ scaleDownDelay: 0, abortScaleDownDelay: 0 });
      expect(planned(props).plan.tryFind('rollout.scaleDownDelay')).toBeUndefined();
    }
  });

  test('is none under Flagger, whose next interval removes the pods', () => {
    expect(plannedCanary(canary({ engine: flagger() }))).toMatchObject({ scaleDownDelay: 0, abortScaleDownDelay: 0 });
  });
});

describe('the session cookie', () => {
  const cookie = (maxAge?: number, stepDuration = 300) => canary({
    engine: flagger(),
    steps: [10, 20],
    stepDuration: seconds(stepDuration),
    sessionCookie: { maxAge: maxAge === undefined ? undefined : seconds(maxAge) },
  });

  test('is named after the service, and lasts a day', () => {
    expect(plannedCanary(cookie()).sessionCookie).toEqual({ name: 'payments-canary', maxAgeSeconds: 86_400 });
    expect(originOf('rollout.sessionCookie.maxAge', cookie())).toBe('preferred');
  });

  test('lasts as long as the shares are held, where that is longer', () => {
    expect(plannedCanary(cookie(undefined, 50_000)).sessionCookie?.maxAgeSeconds).toBe(100_000);
  });

  test('is refused where it ends in the middle of a release', () => {
    expect(problemsOf(cookie(600))).toEqual([]);
    expect(problemsOf(cookie(599))).toEqual([
      'rollout.sessionCookie.maxAge 599s must be at least 2 × rollout.stepDuration 300s = 600s; give it 600s or more, or leave it out',
    ]);
  });
});

describe('what a canary asks for', () => {
  const side = 'the old and the new version work side by side, on the same data, for as long as a release goes on';
  const past = expect.stringMatching(/^who calls the service past the ways in/);

  test('of the program', () => {
    expect(required('program', canary())).toContain(side);
    expect(required('program', {})).not.toContain(side);
    expect(required('program', canary({ mirrorPercent: 10 }))).toContain('every request may be executed twice: the new version gets copies of them');
  });

  test.each([
    ['Argo Rollouts is 1.6 or later', argo()], ['Flagger is 1.44 or later', flagger()],
    ['a pipeline applies the steps of a release in their order, and one release at a time', native()],
  ])('of the cluster: %s', (text, engine) => {
    expect(required('cluster', canary({ engine }))).toContain(text);
    expect(required('cluster', {})).not.toContain(text);
  });

  test('of callers that pass by, where a Service selects both versions', () => {
    expect(required('cluster', canary())).toContainEqual(past);
    expect(required('cluster', canary({ engine: native() }))).toContainEqual(past);
    expect(required('cluster', canary({ engine: flagger() }))).not.toContainEqual(past);
    expect(required('cluster', canary({ steps: [50] }, { traffic: [] }))).not.toContainEqual(past);
  });

  test('of the plugin, where a route of the Gateway API is weighed', () => {
    const plugin = 'Argo Rollouts has its plugin argoproj-labs/gatewayAPI, 0.8 or later';
    expect(required('cluster', canary({}, { traffic: WAYS_IN.httpRoute() }))).toContain(plugin);
    expect(required('cluster', canary())).not.toContain(plugin);
  });
});

test('the header and the mirror are passed on', () => {
  expect(plannedCanary(canary({ header: HEADER, mirrorPercent: 10 }))).toMatchObject({ header: { name: 'x-canary', value: 'true' }, mirrorPercent: 10 });
});
