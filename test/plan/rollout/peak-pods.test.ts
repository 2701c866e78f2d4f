import { abTest, argo, blueGreen, canary, flagger, native } from './released';
import { Database } from '../../../src/spec/database';
import { Replicas } from '../../../src/spec/replicas';
import { StableScale, TakeOver } from '../../../src/spec/rollout/rollout-engine';
import { assumed, decided, planned, problemsOf, Props, seconds, valueOf } from '../declare';

const ten = { replicas: Replicas.fixed(10) };
const peak = (props: Props) => decided('peakPods', props).inequalities[0];

describe('Argo Rollouts', () => {
  test('has the old version, the new one, and one that is leaving', () => {
    for (const props of [canary({}, ten), abTest({}, ten), blueGreen({}, ten), canary({ engine: argo({ stableScale: StableScale.DYNAMIC }) }, ten)]) {
      expect(valueOf('peakPods', props)).toBe(31);
      expect(peak(props)).toBe('= (2 + versionsLeaving 1) × replicas 10 + evictionsPerGracePeriod 1 pod');
    }
    expect(assumed('versionsLeaving', canary()).value).toBe(1);
  });

  test('replaces pods where the pods are the shares', () => {
    const props = canary({ steps: [50] }, { ...ten, traffic: [] });
    expect(peak(props)).toBe('= 2 × replicas 10 + evictionsPerGracePeriod 1 pod');
    expect(planned(props).planned.capacity.rollingUpdate?.maxSurge.toString()).toBe('100%');
  });

  test('has the Deployment that it takes over besides', () => {
    for (const takeOver of Object.values(TakeOver)) {
      expect(valueOf('peakPods', canary({ engine: argo({ takeOver }) }, ten))).toBe(41);
    }
    expect(peak(canary({ engine: argo({ takeOver: TakeOver.NEVER }), steps: [50] }, { ...ten, traffic: [] })))
      .toBe('= 2 × replicas 10 + taken over 10 pods + evictionsPerGracePeriod 1 pod');
  });

  test('tells of no surge where it counts its pods itself', () => {
    const { plan, planned: { capacity, rollout } } = planned(canary());
    expect(plan.tryFind('maxSurge')).toBeUndefined();
    expect(plan.tryFind('maxUnavailable')).toBeUndefined();
    expect(capacity.rollingUpdate).toBeUndefined();
    expect(rollout).toMatchObject({ rollingUpdate: undefined });
  });

  test('shrinks both versions with the autoscaler', () => {
    const props = canary({}, { replicas: Replicas.autoscaled({ min: 2, max: 20 }) });
    expect(peak(props)).toBe('= (2 + versionsLeaving 1) × replicas.max 20 + evictionsPerGracePeriod 1 pod + 2 × ⌈10% × replicas.max 20⌉ × ⌈terminationGracePeriod 50s ÷ 60s⌉');
    expect(valueOf('peakPods', props)).toBe(60 + 1 + 4);
  });
});

describe('Flagger', () => {
  test('has the canary, and the primary that is replaced', () => {
    for (const props of [canary({ engine: flagger() }, ten), abTest({ engine: flagger() }, ten), blueGreen({ engine: flagger() }, ten)]) {
      expect(peak(props)).toBe('= 2 × replicas 10 + canary 10 pods + evictionsPerGracePeriod 2 pods');
      expect(valueOf('peakPods', props)).toBe(32);
    }
  });

  test('counts what terminates in time, where that is less than twice the replicas', () => {
    const props = canary({ engine: flagger() }, { replicas: Replicas.fixed(100), rollout: undefined });
    const many = { ...canary({ engine: flagger() }), replicas: Replicas.fixed(40), startsWithin: undefined, overrides: { minReady: seconds(120) } };
    expect(props.replicas?.max).toBe(100);
    expect(peak(many)).toBe('= replicas 40 + maxSurge 10 pods + (maxSurge 10 pods + maxUnavailable 0 pods) × ⌈terminationGracePeriod 50s ÷ minReady 120s⌉ '
      + '+ canary 40 pods + evictionsPerGracePeriod 8 pods');
  });
});

describe('a pipeline', () => {
  test('has the largest share, and the stable version that is replaced', () => {
    const props = canary({ engine: native(), steps: [5, 30] }, ten);
    expect(peak(props)).toBe('= 2 × replicas 10 + canary 3 pods + evictionsPerGracePeriod 2 pods');
    expect(valueOf('peakPods', props)).toBe(25);
  });

  test('has the pods that bear copies of all requests', () => {
    expect(peak(canary({ engine: native(), steps: [5], mirrorPercent: 100 }, ten))).toBe('= 2 × replicas 10 + canary 10 pods + evictionsPerGracePeriod 2 pods');
  });

  test('has two pods of the smallest share', () => {
    expect(peak(canary({ engine: native(), steps: [1] }, ten))).toMatch(/ \+ canary 2 pods \+ /);
  });

  test('has the share of the fewest replicas where pods are the share', () => {
    const props = canary({ engine: native(), steps: [50] }, { traffic: [], replicas: Replicas.autoscaled({ min: 4, max: 20 }) });
    expect(peak(props)).toMatch(/^= 2 × replicas\.max 20 \+ canary 4 pods /);
  });

  test('has a newer canary beside the one it replaces, where that is more', () => {
    const props = { ...canary({ engine: native(), steps: [100] }, { replicas: Replicas.fixed(40) }), overrides: { minReady: seconds(120) } };
    expect(peak(props)).toBe('= replicas 40 + 2 × canary 40 pods + evictionsPerGracePeriod 8 pods');
  });

  test('has all pods of a test', () => {
    expect(peak(abTest({ engine: native() }, ten))).toBe('= 2 × replicas 10 + canary 10 pods + evictionsPerGracePeriod 2 pods');
  });

  test('replaces one colour beside the other', () => {
    expect(peak(blueGreen({ engine: native() }, ten))).toBe('= 2 × replicas 10 + live 10 pods + evictionsPerGracePeriod 2 pods');
  });

  test('has one autoscaler: the canary\'s pods are counted', () => {
    expect(peak(canary({ engine: native() }, { replicas: Replicas.autoscaled({ min: 2, max: 20 }) }))).toMatch(/ \+ ⌈10% × replicas\.max 20⌉ × ⌈[^×]+⌉$/);
  });
});

test('the pools of all of them are held against the database', () => {
  const props = (maxConnections: number) =>
    canary({}, { ...ten, database: Database.postgres({ poolSize: 10, maxConnections, reservedConnections: 0 }) });
  expect(problemsOf(props(310))).toEqual([]);
  expect(problemsOf(props(309))).toEqual([expect.stringMatching(/^connections poolSize 10 × peakPods 31 pods = 310 connections must be at most maxConnections 309/)]);
});
