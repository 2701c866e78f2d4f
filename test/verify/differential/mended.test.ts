import { lossesOf, play, provedWays } from './judging';
import type { WorkloadModel } from '../../../src/verify/workload-model';
import { asked, Changes, exactly, modelOf, upTo } from '../race/model';
import { SOUND } from '../simulation/models';

/** What runs of a model lose on its only way in. */
function lost(model: WorkloadModel, runs: number): readonly string[] {
  return [...new Set(play(model, runs).flatMap(({ perWay }) => lossesOf(perWay[0])))];
}

const BALANCER: Changes['way'] = { path: 'networkLoadBalancer', inOrder: false, fallsBackToTerminating: false, readinessGate: true };
const SWITCHED: Changes = { strategy: { kind: 'switchOver', scaleDownDelaySeconds: 10 } };

describe('the time between SIGTERM and the kill', () => {
  const ending = (preStop: number, kubeletSeconds: number, request: number) => asked('inFlight', {
    longestRequestSeconds: request, termination: { gracePeriodSeconds: 30, preStop: exactly(preStop), kubeletSeconds },
  });

  test('is two seconds at the least, also where the kubelet is late', () => {
    expect([ending(29, 0, 2).holds, ending(30, 0, 2).holds, ending(28, 2, 2).holds, ending(30, 3, 2).holds]).toEqual([true, true, true, true]);
    expect([ending(29, 0, 3).holds, ending(28, 2, 3).holds]).toEqual([false, false]);
  });
});

describe('what clients send on kept connections through a load balancer', () => {
  const sent = (cutsAfterSeconds: number, atLeast = 0) => asked('inFlight', { way: { ...BALANCER, detach: { atLeast, atMost: 10 }, keptBy: 'client', cutsAfterSeconds } });

  test('must be answered before its deregistration delay is over, though it comes until the hook ends', () => {
    expect([sent(52).holds, sent(51).holds]).toEqual([true, false]);
    expect(sent(51).inequality).toBe('deregistration delay of networkLoadBalancer 51s ≥ preStop 20s + kubelet 2s + request 30s');
    expect(sent(51).counterexample?.remedy).toBe('set the target group\'s deregistration_delay.timeout_seconds to at least 52');
  });

  test('has as much more time as the detach takes', () => {
    expect([sent(47, 5).holds, sent(46, 5).holds]).toEqual([true, false]);
  });

  test('does not matter to a proxy that lets go of them', () => {
    expect(asked('inFlight', { way: { ...BALANCER, keptBy: 'none', cutsAfterSeconds: 30 } }).holds).toBe(true);
  });
});

describe('the only pod that is ending', () => {
  const single: Changes = { replicas: { min: 1, max: 1 }, termination: { preStop: exactly(50), gracePeriodSeconds: 120 } };

  test('is no bridge to its successor where an earlier pod may still be ending, for it is sent requests too', () => {
    expect(asked('replacement', single).holds).toBe(true);
    const evicted = asked('replacement', { ...single, evictions: 1 });
    expect(evicted.holds).toBe(false);
    expect(evicted.counterexample).toMatchObject({
      title: 'clusterInternal sends to a pod that has stopped accepting, for want of one that is ready',
      lost: { at: 51, lane: 'clusterInternal → earlier pod', why: 'a connection is refused: no pod is ready for 16s, and clusterInternal sends to all that are ending' },
      remedy: 'keep another pod ready: set replicas to at least 2 and give the workload a PodDisruptionBudget with maxUnavailable 1',
    });
  });

  test('loses requests in runs of a release with an eviction', () => {
    const termination = { ...SOUND.termination, preStop: exactly(30), gracePeriodSeconds: 60 };
    const model = { ...SOUND, minReadySeconds: 0, budget: undefined, replicas: { min: 1, max: 1 }, termination };
    expect(provedWays(model)).toEqual([]);
    expect(lost(model, 60)).toContain('refused');
  });

  test('of a switch-over ends beside pods without traffic, unless two are evicted', () => {
    expect(asked('replacement', { ...single, ...SWITCHED, evictions: 1 }).holds).toBe(true);
    expect(asked('replacement', { ...single, ...SWITCHED, evictions: 2 }).holds).toBe(false);
  });
});

describe('a switch-over by way of a load balancer that learns of changes apart', () => {
  const way: Changes['way'] = { ...BALANCER, readinessGate: false, detach: upTo(10), attach: upTo(30) };
  const switched = (minReadySeconds: number, scaleDownDelaySeconds = 10) =>
    asked('switchOver', { strategy: { kind: 'switchOver', scaleDownDelaySeconds }, minReadySeconds, way });

  test('must not come before the new pods are attached', () => {
    expect([switched(30).holds, switched(29).holds]).toEqual([true, false]);
    expect(switched(29).counterexample).toMatchObject({
      lost: { at: 29, lane: 'networkLoadBalancer' },
      remedy: 'set minReadySeconds to at least 30, or let pods wait for the load balancer with a readiness gate',
    });
  });

  test('must be learnt before the old pods are dropped', () => {
    expect([switched(30, 10).holds, switched(30, 9).holds]).toEqual([true, false]);
    expect(switched(30, 9).counterexample).toMatchObject({ lost: { at: 9 }, remedy: 'set scaleDownDelaySeconds to at least 10' });
  });

  test('knows the new pods where it learns of changes in order', () => {
    expect(asked('switchOver', { strategy: { kind: 'switchOver', scaleDownDelaySeconds: 0 }, minReadySeconds: 0, way: { ...way, inOrder: true } }).holds).toBe(true);
  });
});

describe('old pods of a switch-over that nothing disturbs', () => {
  test('are left alone by the time that they are deleted, so that they need no hook', () => {
    const withoutHook: Changes = { ...SWITCHED, termination: { preStop: exactly(0) } };
    expect([asked('newConnections', withoutHook).holds, asked('inFlight', withoutHook).holds]).toEqual([true, true]);
    expect(asked('newConnections', { ...withoutHook, evictions: 1 }).holds).toBe(false);
    expect(asked('newConnections', { ...withoutHook, replicas: { min: 2, max: 3 } }).holds).toBe(false);
  });

  test('make way for pods that have been available for minReadySeconds', () => {
    const ungated = (minReadySeconds: number) => asked('start', { ...SWITCHED, minReadySeconds, start: { gated: false } });
    expect([ungated(5).holds, ungated(4).holds]).toEqual([true, false]);
  });
});

describe('a load balancer without readiness gates', () => {
  const way: Changes['way'] = { ...BALANCER, readinessGate: false, detach: upTo(10), attach: upTo(4), keptBy: 'none' };

  test('is without a target in runs of a StatefulSet, one by one', () => {
    const model = modelOf({ replicas: { min: 2, max: 2 }, strategy: { kind: 'oneByOne', maxUnavailable: 1 }, minReadySeconds: 3, way });
    expect(provedWays(model)).toEqual([]);
    expect(lost(model, 60)).toContain('noEndpoint');
    expect(provedWays({ ...model, minReadySeconds: 4 })).toEqual([0]);
  });

  test('may be without one where a change amid a release takes the pod that is attached', () => {
    const model = modelOf({ replicas: { min: 2, max: 2 }, strategy: { kind: 'rollingUpdate', maxSurge: 0, maxUnavailable: 1 }, minReadySeconds: 4, way });
    expect(provedWays(model)).toEqual([]);
    expect(lost(model, 600)).toContain('noEndpoint');
  });
});
