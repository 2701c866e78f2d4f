import { CLUSTER_INTERNAL, exactly, LOAD_BALANCER, SOUND } from './models';
import { simulate, SimulationRun } from '../../../src/verify/simulation/simulate';
import type { LossReason } from '../../../src/verify/simulation/tally';
import type { TerminationModel, WorkloadModel } from '../../../src/verify/workload-model';

function termination(change: Partial<TerminationModel>): TerminationModel {
  return { ...SOUND.termination, ...change };
}

const BALANCED: WorkloadModel = {
  ...SOUND, termination: termination({ preStop: exactly(30), gracePeriodSeconds: 60 }), waysIn: [LOAD_BALANCER, CLUSTER_INTERNAL],
};
const SWITCHED: WorkloadModel = { ...SOUND, strategy: { kind: 'switchOver', scaleDownDelaySeconds: 30 } };

function play(model: WorkloadModel, runs: number): SimulationRun[] {
  return Array.from({ length: runs }, (_, seed) => simulate(model, { seed }));
}

test('nothing is lost in five hundred runs of a sound service', () => {
  expect(play(SOUND, 500).filter(({ lost, exposed }) => lost.newConnections + lost.keptConnections + exposed.length > 0)).toEqual([]);
});

test.each<[string, WorkloadModel]>([
  ['the least grace period that holds hook, kubelet and drain', { ...SOUND, termination: termination({ gracePeriodSeconds: 27 }) }],
  ['an autoscaled one', { ...SOUND, replicas: { min: 2, max: 6 } }],
  ['one behind a load balancer with a readiness gate', BALANCED],
  ['one behind a load balancer that takes pods in while they are not yet available',
    { ...BALANCED, minReadySeconds: 60, waysIn: [{ ...LOAD_BALANCER, readinessGate: false }] }],
  ['a StatefulSet of several pods', { ...SOUND, strategy: { kind: 'oneByOne', maxUnavailable: 1 } }],
  ['a switch-over', SWITCHED],
  ['one pod that is only released', { ...SOUND, replicas: { min: 1, max: 1 }, evictions: 0 }],
  ['a program that exits at once when nothing can be in flight any more',
    { ...SOUND, termination: termination({ shutdown: 'exitsAtOnce', preStop: exactly(25) }), waysIn: [{ ...CLUSTER_INTERNAL, keptBy: 'none' }] }],
])('nothing is lost by %s', (_, model) => {
  expect(play(model, 120).filter(({ lost, exposed }) => lost.newConnections + lost.keptConnections + exposed.length > 0)).toEqual([]);
});

test.each<[string, WorkloadModel, LossReason]>([
  ['a hook a second too short', { ...SOUND, termination: termination({ preStop: exactly(9) }) }, 'refused'],
  ['a grace period a second too short', { ...SOUND, termination: termination({ gracePeriodSeconds: 26 }) }, 'cut'],
  ['a drain a second too short', { ...SOUND, termination: termination({ drainSeconds: 14 }) }, 'cut'],
  ['a program that exits at once', { ...SOUND, termination: termination({ shutdown: 'exitsAtOnce' }) }, 'cut'],
  ['a proxy that stops first', { ...SOUND, termination: termination({ proxy: { acceptsSeconds: 5, endsSeconds: 60 } }) }, 'refused'],
  ['a proxy that ends first', { ...SOUND, termination: termination({ proxy: { acceptsSeconds: 60, endsSeconds: 20 } }) }, 'cut'],
  ['a pod that is ready at once', { ...SOUND, start: { ...SOUND.start, gated: false } }, 'refused'],
  ['a load balancer that cuts a second too soon', { ...BALANCED, waysIn: [{ ...LOAD_BALANCER, cutsAfterSeconds: 14 }] }, 'loadBalancerCut'],
  ['a load balancer without a gate', { ...BALANCED, minReadySeconds: 0, waysIn: [{ ...LOAD_BALANCER, readinessGate: false }] }, 'noEndpoint'],
  ['recreating', { ...SOUND, strategy: { kind: 'recreate' } }, 'refused'],
  ['a single pod that is evicted', { ...SOUND, replicas: { min: 1, max: 1 } }, 'refused'],
])('something is lost by %s', (_, model, reason) => {
  const found = play({ ...model, budget: undefined }, 60).filter(({ exposed }) => exposed.includes(reason));
  expect(found.length).toBeGreaterThan(0);
});

test('whatever is lost on a new connection could be foreseen', () => {
  const weak: WorkloadModel = {
    ...BALANCED,
    termination: termination({ preStop: exactly(3), drainSeconds: 5 }),
    waysIn: [{ ...LOAD_BALANCER, readinessGate: false, cutsAfterSeconds: 4 }],
  };
  for (const { lost, exposed } of play(weak, 60)) {
    const reasons = Object.entries(lost.byReason).filter(([reason, count]) => count > 0 && reason !== 'closedWhileWriting').map(([reason]) => reason);
    expect(exposed).toEqual(expect.arrayContaining(reasons));
  }
});
