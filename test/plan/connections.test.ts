import { assumed, decided, planned, problemsOf, required, seconds, valueOf } from './declare';
import { Database } from '../../src/spec/database';
import { Pods } from '../../src/spec/pods';
import { Replicas } from '../../src/spec/replicas';
import { Risk } from '../../src/spec/risk';
import { Rollout } from '../../src/spec/rollout/rollout';

const replicas = (count: number) => ({ replicas: Replicas.fixed(count) });
const twelveOf = { replicas: Replicas.fixed(20), rollout: Rollout.rolling({ maxSurge: Pods.count(1) }) };

describe('peakPods', () => {
  test('is twice the replicas where many pods terminate at once, and one eviction besides', () => {
    expect(decided('peakPods')).toEqual({
      value: 7, unit: 'pods', origin: 'derived', inequalities: ['= 2 × replicas 3 + evictionsPerGracePeriod 1 pod'],
    });
  });

  test('is what the surge and the turns within one grace period add, where that is less', () => {
    expect(decided('peakPods', twelveOf)).toEqual({
      value: 26,
      unit: 'pods',
      origin: 'derived',
      inequalities: [
        '= replicas 20 + maxSurge 1 pod + (maxSurge 1 pod + maxUnavailable 0 pods) × ⌈terminationGracePeriod 45s ÷ minReady 15s⌉ '
        + '+ evictionsPerGracePeriod 2 pods',
      ],
    });
  });

  test.each([
    ['a longer grace period', { ...twelveOf, overrides: { terminationGracePeriod: seconds(46) } }, 27],
    ['a longer minReady', { ...twelveOf, overrides: { minReady: seconds(45) } }, 24],
    ['a larger surge', { replicas: Replicas.fixed(20), rollout: Rollout.rolling({ maxSurge: Pods.count(2) }) }, 30],
    ['unavailable pods', { replicas: Replicas.fixed(20), rollout: Rollout.rolling({ maxSurge: Pods.count(1), maxUnavailable: Pods.count(1) }) }, 29],
    ['more evictions', { ...twelveOf, overrides: { maxDisrupted: 5 } }, 29],
  ])('follows %s', (_, props, value) => {
    expect(valueOf('peakPods', props)).toBe(value);
  });

  test('counts one eviction where there is no disruption budget', () => {
    const props = { ...replicas(1), accept: [Risk.singleReplica('a batch reader')] };
    expect(decided('peakPods', props)).toMatchObject({ value: 3, inequalities: ['= 2 × replicas 1 + evictionsPerGracePeriod 1 pod'] });
  });

  test('counts the pods that the autoscaler removes besides', () => {
    expect(decided('peakPods', { replicas: Replicas.autoscaled({ min: 3, max: 15 }), longestRequest: seconds(60) })).toEqual({
      value: 35,
      unit: 'pods',
      origin: 'derived',
      inequalities: [
        '= 2 × replicas.max 15 + evictionsPerGracePeriod 1 pod + ⌈10% × replicas.max 15⌉ × ⌈terminationGracePeriod 75s ÷ 60s⌉',
      ],
    });
  });

  test('counts the pods that a release may take away at the most replicas, where they are a share', () => {
    const rollout = Rollout.rolling({ maxSurge: Pods.count(1), maxUnavailable: Pods.percent(25) });
    const props = { replicas: Replicas.autoscaled({ min: 4, max: 40 }), rollout };
    expect(decided('maxUnavailable', props)).toMatchObject({ value: 1, inequalities: ['= ⌊25% × replicas.min 4⌋', '< replicas.min 4'] });
    expect(decided('peakPods', props)).toEqual({
      value: 79,
      unit: 'pods',
      origin: 'derived',
      inequalities: [
        '= replicas.max 40 + maxSurge 1 pod + (maxSurge 1 pod + maxUnavailable 10 pods) × ⌈terminationGracePeriod 45s ÷ minReady 15s⌉ '
        + '+ evictionsPerGracePeriod 1 pod + ⌈10% × replicas.max 40⌉ × ⌈terminationGracePeriod 45s ÷ 60s⌉',
      ],
    });
  });

  test('assumes as many evictions as the disruption budget allows at a time', () => {
    expect(assumed('evictionsPerGracePeriod', replicas(30))).toEqual({
      name: 'evictionsPerGracePeriod',
      value: 3,
      unit: 'pods',
      origin: 'default',
      source: 'pods evicted within one grace period of each other while a release is going on',
    });
  });

  test('asks the cluster for room', () => {
    expect(required('cluster')).toContain('quota and nodes have room for 7 pods of this service');
  });
});

describe('connections', () => {
  const postgres = (poolSize: number, maxConnections: number, reservedConnections?: number) =>
    ({ database: Database.postgres({ poolSize, maxConnections, reservedConnections }) });

  test('are not decided without a database', () => {
    expect(planned().plan.tryFind('connections')).toBeUndefined();
  });

  test('are the pools of every pod that is alive', () => {
    expect(decided('connections', postgres(10, 100))).toEqual({
      value: 70,
      unit: 'connections',
      origin: 'derived',
      inequalities: ['= poolSize 10 × peakPods 7 pods', '≤ maxConnections 100 − reservedConnections 3'],
    });
  });

  test('may be all that the server has left', () => {
    expect(problemsOf(postgres(10, 73))).toEqual([]);
  });

  test('are refused one above, with the pool and the limit that work', () => {
    expect(problemsOf(postgres(10, 72))).toEqual([
      'connections poolSize 10 × peakPods 7 pods = 70 connections must be at most maxConnections 72 − reservedConnections 3 = 69 connections; '
      + 'poolSize at most 9, or maxConnections at least 73, or fewer replicas',
    ]);
  });

  test('the pool and the limit of the message do work', () => {
    expect(problemsOf(postgres(9, 72))).toEqual([]);
    expect(problemsOf(postgres(10, 73))).toEqual([]);
  });

  test('name no pool where even one connection a pod is too many', () => {
    expect(problemsOf(postgres(1, 9))).toEqual([
      'connections poolSize 1 × peakPods 7 pods = 7 connections must be at most maxConnections 9 − reservedConnections 3 = 6 connections; '
      + 'maxConnections at least 10, or fewer replicas',
    ]);
  });

  test('name no pool where more is reserved than there is', () => {
    expect(problemsOf(postgres(1, 5, 10))).toEqual([
      'connections poolSize 1 × peakPods 7 pods = 7 connections must be at most maxConnections 5 − reservedConnections 10 = -5 connections; '
      + 'maxConnections at least 17, or fewer replicas',
    ]);
  });

  test('reserve nothing on MySQL', () => {
    expect(decided('connections', { database: Database.mysql({ poolSize: 10, maxConnections: 70 }) }).inequalities[1])
      .toBe('≤ maxConnections 70 − reservedConnections 0');
  });

  test('ask that nothing else takes the server\'s connections', () => {
    expect(required('cluster', postgres(10, 100))).toContain('nothing else takes more than 3 connections of the 100 of the PostgreSQL server');
    expect(required('cluster', { database: Database.mysql({ poolSize: 1, maxConnections: 70, reservedConnections: 1 }) }))
      .toContain('nothing else takes more than 1 connection of the 70 of the MySQL server');
  });

  test('carry what happens and the server\'s own word for its limit', () => {
    const { inequalities } = planned(postgres(10, 100)).plan.find('connections');
    expect(inequalities[1]).toEqual({
      relation: '≤',
      limit: 97,
      expression: 'maxConnections 100 − reservedConnections 3',
      because: 'new pods find no connection and do not become ready, or old ones lose theirs',
      source: 'PostgreSQL: max_connections',
    });
  });
});
