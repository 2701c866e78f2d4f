import * as fc from 'fast-check';
import { CLUSTER_INTERNAL, exactly, LOAD_BALANCER, SOUND, within } from './models';
import { sendOnKeptConnections } from '../../../src/verify/simulation/kept-connections';
import type { Load } from '../../../src/verify/simulation/load';
import { bornPod } from '../../../src/verify/simulation/pod';
import { Random } from '../../../src/verify/simulation/random';
import { simulate } from '../../../src/verify/simulation/simulate';
import { Tally } from '../../../src/verify/simulation/tally';
import type { WorkloadModel } from '../../../src/verify/workload-model';

const WEAK: WorkloadModel = {
  ...SOUND,
  termination: { ...SOUND.termination, preStop: within(12), drainSeconds: 5 },
  keptConnections: 'closed',
  waysIn: [CLUSTER_INTERNAL, { ...LOAD_BALANCER, readinessGate: false, cutsAfterSeconds: 5 }],
};

test('every request is served or lost, in all and on every way', () => {
  fc.assert(fc.property(fc.nat(), (seed) => {
    const run = simulate(WEAK, { seed });
    for (const { requests, served, lost } of [run, ...run.perWay]) {
      expect(served.newConnections + lost.newConnections).toBe(requests.newConnections);
      expect(served.keptConnections + lost.keptConnections).toBe(requests.keptConnections);
      const byReason = Object.values(lost.byReason).reduce((total, count) => total + count, 0);
      expect(byReason).toBe(lost.newConnections + lost.keptConnections);
    }
    expect(run.perWay[0].requests.newConnections + run.perWay[1].requests.newConnections).toBe(run.requests.newConnections);
  }), { numRuns: 60 });
});

test('the same seed makes the same run, another seed another', () => {
  expect(simulate(WEAK, { seed: 11 })).toEqual(simulate(WEAK, { seed: 11 }));
  expect(simulate(WEAK, { seed: 11 }).trace).not.toEqual(simulate(WEAK, { seed: 12 }).trace);
});

test('as many new connections come as are asked for', () => {
  const run = simulate({ ...SOUND, evictions: 0 }, { seed: 2, scenario: 'release', requestsPerSecond: 300, requestSeconds: 0.01 });
  const seconds = run.trace.lanes[0].spans.at(-1)!.to + 16;
  expect(run.requests.newConnections / seconds).toBeGreaterThan(290);
  expect(run.requests.newConnections / seconds).toBeLessThan(310);
});

const LATENCY = 50;

/** Kept connections to a single pod for so many seconds. */
function kept(model: WorkloadModel, seconds: number, closesAt = Infinity): Tally {
  const pod = bornPod({ label: 'pod', version: 0, ordinal: 0, createdAt: 0, acceptsAt: -1, startedAt: 0, readyAt: 0, ways: 1 });
  Object.assign(pod, { closesAt });
  const load: Load = {
    model,
    way: model.waysIn[0],
    index: 0,
    epochs: [{ from: 0, to: seconds * 1000, endpoints: [pod] }],
    random: new Random(5),
    requestsPerSecond: 200,
    requestSeconds: 0.01,
    networkLatency: LATENCY,
  };
  const tally = new Tally();
  sendOnKeptConnections(load, tally);
  return tally;
}

function idling(keepAliveSeconds: number | undefined, keptConnections: WorkloadModel['keptConnections'] = 'closed'): WorkloadModel {
  return { ...SOUND, keepAliveSeconds, keptConnections, waysIn: [{ ...CLUSTER_INTERNAL, idleTimeoutSeconds: 60 }] };
}

test('twenty kept connections carry two hundred requests a second', () => {
  const { requests } = kept(idling(undefined), 100);
  expect(requests.newConnections).toBe(0);
  expect(requests.keptConnections).toBeGreaterThan(19_000);
  expect(requests.keptConnections).toBeLessThan(21_000);
});

test('a program that closes idle connections before its clients do loses a request now and then', () => {
  const { requests, lost } = kept(idling(5), 3_000);
  expect(lost.byReason.closedWhileWriting).toBeGreaterThan(0);
  expect(lost.keptConnections / requests.keptConnections).toBeLessThan(0.0001);
});

test.each<[string, WorkloadModel]>([
  ['that outlasts its clients', idling(61)],
  ['whose idle time is not known', idling(undefined)],
  ['that announces the end', idling(5, 'announced')],
])('a program %s loses none', (_, model) => {
  expect(kept(model, 1_000).lost.keptConnections).toBe(0);
});

test('a request that crosses the closing of its connection is lost, but only once', () => {
  const { lost } = kept(idling(undefined), 200, 100_000);
  expect(lost.byReason.closedWhileWriting).toBeGreaterThan(5);
  expect(lost.keptConnections).toBeLessThanOrEqual(20 * (1 + 2 * LATENCY / 50));
});

test('an announced closing loses none', () => {
  expect(kept(idling(undefined, 'announced'), 200, 100_000).lost.keptConnections).toBe(0);
});

test('clients stay on the pod of a kept connection until it closes, a proxy leaves it', () => {
  const exits: WorkloadModel = {
    ...SOUND, termination: { ...SOUND.termination, preStop: exactly(26), gracePeriodSeconds: 60, shutdown: 'exitsAtOnce' }, evictions: 0,
  };
  const cuts = (keptBy: 'client' | 'none') => Array.from({ length: 20 }, (_, seed) =>
    simulate({ ...exits, waysIn: [{ ...CLUSTER_INTERNAL, keptBy }] }, { seed })).reduce((total, { lost }) => total + lost.keptConnections, 0);
  expect(cuts('none')).toBe(0);
  expect(cuts('client')).toBeGreaterThan(0);
});
