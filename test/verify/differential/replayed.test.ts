import * as fc from 'fast-check';
import { lossesOf } from './judging';
import { someModel } from './models';
import { askInFlight } from '../../../src/verify/race/in-flight';
import { askNewConnections } from '../../../src/verify/race/new-connections';
import { simulate } from '../../../src/verify/simulation/simulate';
import type { Timeline } from '../../../src/verify/timeline';
import type { Interval, WayIn, WorkloadModel } from '../../../src/verify/workload-model';

const exactly = (seconds: number): Interval => ({ atLeast: seconds, atMost: seconds });

/** The second of an event of the old pod, counted from its deletion. */
function secondsUntil({ events }: Timeline, what: RegExp): number | undefined {
  const deleted = events.find((event) => /^old pod is deleted/.test(event.what))!.at;
  const found = events.find((event) => what.test(event.what));
  return found && found.at - deleted;
}

/** The end of the stretch in which the way sends to the old pod, counted from its deletion. */
function dropped({ lanes, events }: Timeline, path: string): number {
  const deleted = events.find((event) => /^old pod is deleted/.test(event.what))!.at;
  return Math.max(...lanes.find(({ label }) => label === `${path} → old pod`)!.spans.map(({ to }) => to)) - deleted;
}

/** The same pod with every delay fixed at what a timeline shows: a release of one pod, which nothing else disturbs. */
function replay(model: WorkloadModel, way: WayIn, timeline: Timeline): WorkloadModel {
  const { termination } = model;
  // What comes after the loss is not told; it has no part in it.
  const sigterm = secondsUntil(timeline, /^the program is sent SIGTERM/) ?? termination.preStop.atMost;
  const detach = exactly(dropped(timeline, way.path));
  const alone: WayIn = { ...way, detach, readinessGate: false, routesUnready: false, fallsBackToTerminating: false };
  return {
    ...model,
    replicas: { min: 2, max: 2 },
    strategy: { kind: 'rollingUpdate', maxSurge: 1, maxUnavailable: 0 },
    start: { accepts: exactly(0), gated: true, noticedWithinSeconds: 0 },
    minReadySeconds: 0,
    evictions: 0,
    // The hook and the kubelet behind it take so long together; a hook as long as both is cut off no later.
    termination: { ...termination, preStop: exactly(Math.min(sigterm, termination.gracePeriodSeconds)), kubeletSeconds: 0 },
    waysIn: [alone],
  };
}

const QUESTIONS = [
  ['newConnections', askNewConnections, ['refused']],
  ['inFlight', askInFlight, ['cut', 'loadBalancerCut']],
] as const;

/** Models of which a pod's end does not wait for a switch, and whose kubelet signals at once where it has used up the grace period. */
const counted = someModel.filter(({ strategy, termination }) =>
  strategy.kind !== 'switchOver' && (termination.kubeletSeconds === 0 || termination.preStop.atMost + termination.kubeletSeconds <= termination.gracePeriodSeconds));

test.each(QUESTIONS)('a counterexample of %s loses a request when its own seconds are played', (_, ask, losses) => {
  const models = fc.sample(counted, { numRuns: 200, seed: 3 });
  const cases = models.flatMap((model) => model.waysIn.flatMap((way) => {
    const { counterexample } = ask(model, way);
    return counterexample ? [{ model: replay(model, way, counterexample), counterexample }] : [];
  }));
  expect(cases.length).toBeGreaterThan(50);
  const silent = cases.filter(({ model }) => !Array.from({ length: 4 }, (__, seed) => simulate(model, { seed, scenario: 'release', requestsPerSecond: 0.5 }))
    .some(({ perWay }) => lossesOf(perWay[0]).some((reason) => (losses as readonly string[]).includes(reason))));
  expect(silent).toEqual([]);
});

/** When the first request is lost in a run, counted from the deletion of its pod. */
function lostAfterDeletion({ lost, events }: Timeline): number | undefined {
  const pod = lost && / → (.*)$/.exec(lost.lane)?.[1];
  const deleted = events.find(({ what }) => what === `${pod} is deleted`);
  return lost && deleted && lost.at - deleted.at;
}

test('a refused connection is refused from the second on that the counterexample shows', () => {
  fc.assert(fc.property(counted, fc.nat(), (model, seed) => {
    const [way] = model.waysIn;
    const { counterexample } = askNewConnections(model, way);
    fc.pre(counterexample !== undefined && dropped(counterexample, way.path) > 0);
    const deleted = counterexample!.events.find(({ what }) => /^old pod is deleted/.test(what))!.at;
    // The timeline shows the loss a second after the pod has stopped.
    const stopped = counterexample!.lost!.at - 1 - deleted;
    const { trace, perWay } = simulate({ ...replay(model, way, counterexample!), longestRequestSeconds: 0, keptConnections: 'announced' }, { seed, scenario: 'release', requestsPerSecond: 100 });
    expect(perWay[0].exposed).toContain('refused');
    expect(lostAfterDeletion(trace)).toBeGreaterThanOrEqual(stopped);
    expect(lostAfterDeletion(trace)).toBeLessThan(stopped + 1);
  }), { numRuns: 40 });
});
