import { decided, originOf, planned, problemsOf, seconds, valueOf } from './declare';
import { Pods } from '../../src/spec/pods';
import { Replicas } from '../../src/spec/replicas';
import { Risk } from '../../src/spec/risk';
import { Rollout } from '../../src/spec/rollout/rollout';

const fixed = (count: number) => ({ replicas: Replicas.fixed(count) });
const rolling = (maxSurge: Pods, maxUnavailable: Pods) => ({ rollout: Rollout.rolling({ maxSurge, maxUnavailable }) });

describe('replicas', () => {
  const accept = [Risk.singleReplica('a batch reader')];

  test('may be two', () => {
    expect(problemsOf(fixed(2))).toEqual([]);
  });

  test('are refused at one, with the risk that may be accepted', () => {
    expect(problemsOf(fixed(1))).toEqual([
      'replicas 1 must be at least 2, because the loss of a node is an outage; raise it, or accept that with Risk.singleReplica(reason)',
    ]);
  });

  test('are named as the bound that is too low, where an autoscaler decides', () => {
    expect(problemsOf({ replicas: Replicas.autoscaled({ min: 1, max: 4 }) })).toEqual([
      'replicas.min 1 must be at least 2, because the loss of a node is an outage; raise it, or accept that with Risk.singleReplica(reason)',
    ]);
  });

  test('may be one where the risk is accepted, and then there is no disruption budget', () => {
    const { plan, planned: { capacity } } = planned({ ...fixed(1), accept });
    expect(capacity.disrupted).toBeUndefined();
    expect(plan.tryFind('maxDisrupted')).toBeUndefined();
    expect(plan.warnings).toEqual([{
      id: 'single-replica',
      text: 'one replica: the loss of its node is an outage until another pod has started, and there is no disruption budget',
      acceptedBecause: 'a batch reader',
    }]);
  });
});

describe('maxUnavailable', () => {
  test('is none', () => {
    expect(decided('maxUnavailable')).toEqual({ value: 0, unit: 'pods', origin: 'derived', inequalities: ['= 0', '< replicas 3'] });
  });

  test('is a share of the replicas, rounded down', () => {
    expect(decided('maxUnavailable', { ...fixed(7), ...rolling(Pods.count(1), Pods.percent(30)) })).toEqual({
      value: 2, unit: 'pods', origin: 'derived', inequalities: ['= ⌊30% × replicas 7⌋', '< replicas 7'],
    });
  });

  test('is a share of the fewest replicas, where an autoscaler decides', () => {
    const props = { replicas: Replicas.autoscaled({ min: 4, max: 20 }), ...rolling(Pods.count(1), Pods.percent(25)) };
    expect(decided('maxUnavailable', props).inequalities).toEqual(['= ⌊25% × replicas.min 4⌋', '< replicas.min 4']);
  });

  test('may leave one replica, and not none', () => {
    expect(valueOf('maxUnavailable', rolling(Pods.count(0), Pods.count(2)))).toBe(2);
    expect(problemsOf(rolling(Pods.count(0), Pods.count(3)))).toEqual([
      'maxUnavailable 3 pods must be less than replicas 3; give at most 2 pods',
    ]);
    expect(problemsOf(rolling(Pods.count(0), Pods.percent(100)))).toEqual([
      'maxUnavailable ⌊100% × replicas 3⌋ = 3 pods must be less than replicas 3; give at most 2 pods',
    ]);
  });

  test('is refused where a percentage amounts to no pod', () => {
    expect(problemsOf(rolling(Pods.count(1), Pods.percent(33)))).toEqual([
      'maxUnavailable 33% of replicas 3 is 0 pods after rounding down; give Pods.count(0), or at least 34%',
    ]);
    expect(problemsOf(rolling(Pods.count(1), Pods.percent(34)))).toEqual([]);
  });

  test('is not told to be a percentage where only all of the pods would amount to one', () => {
    const accept = [Risk.singleReplica('a batch reader')];
    expect(problemsOf({ ...fixed(1), accept, ...rolling(Pods.count(1), Pods.percent(99)) }))
      .toEqual(['maxUnavailable 99% of replicas 1 is 0 pods after rounding down; give Pods.count(0)']);
    expect(problemsOf({ ...fixed(2), ...rolling(Pods.count(1), Pods.percent(49)) }))
      .toEqual(['maxUnavailable 49% of replicas 2 is 0 pods after rounding down; give Pods.count(0), or at least 50%']);
    expect(problemsOf({ ...fixed(2), ...rolling(Pods.count(1), Pods.percent(50)) })).toEqual([]);
  });

  test('may be zero percent', () => {
    expect(problemsOf(rolling(Pods.count(1), Pods.percent(0)))).toEqual([]);
  });
});

describe('maxSurge', () => {
  test('is a quarter of the replicas, rounded up', () => {
    expect(decided('maxSurge')).toEqual({ value: 1, unit: 'pods', origin: 'derived', inequalities: ['= ⌈25% × replicas 3⌉', '≥ 1 pod'] });
    expect(valueOf('maxSurge', fixed(9))).toBe(3);
  });

  test('is a share of the most replicas, where an autoscaler decides', () => {
    expect(decided('maxSurge', { replicas: Replicas.autoscaled({ min: 4, max: 21 }) })).toEqual({
      value: 6, unit: 'pods', origin: 'derived', inequalities: ['= ⌈25% × replicas.max 21⌉', '≥ 1 pod'],
    });
  });

  test('may be none where pods may be unavailable', () => {
    expect(decided('maxSurge', rolling(Pods.count(0), Pods.count(1))).inequalities).toEqual(['= 0']);
  });

  test('is refused at none where no pod may be unavailable: the release could not move', () => {
    expect(problemsOf(rolling(Pods.count(0), Pods.count(0))))
      .toEqual(['maxSurge 0 pods must be at least 1 pod; give maxSurge at least Pods.count(1)']);
    expect(problemsOf(rolling(Pods.percent(0), Pods.count(0))))
      .toEqual(['maxSurge ⌈0% × replicas 3⌉ = 0 pods must be at least 1 pod; give maxSurge at least Pods.count(1)']);
  });
});

describe('maxDisrupted', () => {
  test('is one', () => {
    expect(decided('maxDisrupted')).toEqual({ value: 1, unit: 'pods', origin: 'derived', inequalities: ['≥ 1 pod', '< replicas 3'] });
  });

  test.each([[2, 1], [19, 1], [20, 2], [29, 2], [100, 10]])('at %d replicas is %d', (replicas, disrupted) => {
    expect(valueOf('maxDisrupted', fixed(replicas))).toBe(disrupted);
    expect(originOf('maxDisrupted', fixed(replicas))).toBe(disrupted === 1 ? 'derived' : 'preferred');
  });

  test('follows the fewest replicas, where an autoscaler decides', () => {
    const props = { replicas: Replicas.autoscaled({ min: 20, max: 90 }) };
    expect(decided('maxDisrupted', props)).toEqual({ value: 2, unit: 'pods', origin: 'preferred', inequalities: ['≥ 1 pod', '< replicas.min 20'] });
  });

  test('may be overridden from one to all but one', () => {
    expect(originOf('maxDisrupted', { overrides: { maxDisrupted: 1 } })).toBe('overridden');
    expect(valueOf('maxDisrupted', { overrides: { maxDisrupted: 2 } })).toBe(2);
  });

  test('is refused at none, which blocks every node drain', () => {
    expect(problemsOf({ overrides: { maxDisrupted: 0 } }))
      .toEqual(['maxDisrupted 0 pods must be at least 1 pod; give it 1 pod or more, or leave it out']);
  });

  test('is refused at all replicas', () => {
    expect(problemsOf({ overrides: { maxDisrupted: 3 } }))
      .toEqual(['maxDisrupted 3 pods must be less than replicas 3; give it 2 pods or less, or leave it out']);
  });

  test.each([[1.5, '1.5 pods'], [NaN, 'NaN pods'], [0.5, '0.5 pods']])('is refused at %d, which Kubernetes does not take', (maxDisrupted, shown) => {
    expect(problemsOf({ overrides: { maxDisrupted } })).toEqual([`maxDisrupted ${shown} must be a whole number`]);
  });

  test('is refused with one replica, where there is no disruption budget', () => {
    const accept = [Risk.singleReplica('a batch reader')];
    expect(problemsOf({ ...fixed(1), accept, overrides: { maxDisrupted: 1 } }))
      .toEqual(['overrides.maxDisrupted 1 cannot be given with one replica, which has no disruption budget; leave it out']);
    expect(problemsOf({ ...fixed(1), accept })).toEqual([]);
    expect(problemsOf({ ...fixed(2), overrides: { maxDisrupted: 1 } })).toEqual([]);
  });
});

test('percentages of a fixed number count that number, whatever the timings', () => {
  const { capacity } = planned({ ...fixed(8), startsWithin: seconds(5) }).planned;
  expect([capacity.fewest.value, capacity.most.value, capacity.surge.value, capacity.unavailable.value]).toEqual([8, 8, 2, 0]);
});
