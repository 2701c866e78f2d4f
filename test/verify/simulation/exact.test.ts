import { EXACT, exactly, LOAD_BALANCER } from './models';
import { simulate, SimulationRun } from '../../../src/verify/simulation/simulate';
import type { WayIn, WorkloadModel } from '../../../src/verify/workload-model';

const LOAD = { scenario: 'release', requestsPerSecond: 1000, requestSeconds: 0 } as const;

function released(model: WorkloadModel, requestSeconds = 0, seed = 1): SimulationRun {
  return simulate(model, { ...LOAD, requestSeconds, seed });
}

function through(way: Partial<WayIn>): readonly WayIn[] {
  return [{ ...EXACT.waysIn[0], ...way }];
}

/** So many requests, give or take what chance makes of them. */
function expectAbout(count: number, expected: number): void {
  expect(count).toBeGreaterThan(expected * 0.92);
  expect(count).toBeLessThan(expected * 1.08);
}

describe('four pods are replaced one after the other, and everybody learns of a deletion after five seconds', () => {
  const run = released(EXACT);

  test('every new pod takes five seconds', () => {
    expect([run.doneAt, run.oldGoneAt]).toEqual([20, 20]);
  });

  test('no fewer than four are ready', () => {
    expect(run.fewestReady).toBe(4);
  });

  test('each deleted pod refuses a fifth of the requests for five seconds', () => {
    expectAbout(run.lost.byReason.refused, 20 * 1000 / 5);
    expect(run.lost.newConnections).toBeLessThan(run.lost.byReason.refused + 1);
  });

  test('nothing else is lost on new connections', () => {
    expect(run.exposed).toEqual(['refused']);
  });

  test('the first is lost when the first old pod is deleted, on that pod', () => {
    expect(run.trace.lost).toEqual({
      at: expect.closeTo(5, 1),
      lane: expect.stringMatching(/^clusterInternal → old pod [1-4]$/),
      why: 'it is sent to a program that does not accept connections',
    });
  });
});

test('a hook as long as the detach saves all of them', () => {
  const run = released({ ...EXACT, termination: { ...EXACT.termination, preStop: exactly(5) } });
  expect(run.lost.newConnections).toBe(0);
  expect(run.exposed).toEqual([]);
});

test('a hook a second too short loses a fifth of four seconds', () => {
  const run = released({ ...EXACT, termination: { ...EXACT.termination, preStop: exactly(4) } });
  expectAbout(run.lost.byReason.refused, 4 * 1000 / 5);
});

test('pods that are ready before they accept refuse while they start', () => {
  const run = released({ ...EXACT, start: { ...EXACT.start, gated: false } });
  expect(run.doneAt).toBe(0);
  // Until 5s there are four old pods that have stopped and four new ones that have not begun.
  expectAbout(run.lost.byReason.refused, 2 * 5000);
});

test('recreating refuses while old pods are known and finds none until new ones are', () => {
  const run = released({ ...EXACT, strategy: { kind: 'recreate' }, waysIn: through({ attach: exactly(3) }) });
  expectAbout(run.perWay[0].lost.byReason.refused, 2 * 5000);
  expectAbout(run.perWay[0].lost.byReason.noEndpoint, 2 * 3000);
  expect([run.fewestReady, run.perWay[0].fewestEndpoints]).toEqual([0, 0]);
});

describe('requests of ten seconds', () => {
  const long: WorkloadModel = { ...EXACT, longestRequestSeconds: 10, termination: { ...EXACT.termination, preStop: exactly(5) } };

  test('are cut by a drain of four', () => {
    const run = released({ ...long, termination: { ...long.termination, drainSeconds: 4 } }, 10);
    expect(run.lost.byReason.cut).toBeGreaterThan(0);
    expect(run.exposed).toEqual(['cut']);
  });

  test('are finished by a drain of ten', () => {
    const run = released({ ...long, termination: { ...long.termination, drainSeconds: 10 } }, 10);
    expect(run.lost.byReason.cut).toBe(0);
    expect(run.exposed).toEqual([]);
  });

  test('are cut by a load balancer that waits less, and nothing else cuts them', () => {
    const termination = { ...long.termination, preStop: exactly(40), gracePeriodSeconds: 60 };
    const balancer: WayIn = { ...LOAD_BALANCER, attach: exactly(0), detach: exactly(5), cutsAfterSeconds: 9 };
    const run = released({ ...long, termination, waysIn: [balancer] }, 10);
    expect(run.lost.byReason).toMatchObject({ cut: 0, refused: 0, noEndpoint: 0 });
    expect(run.lost.byReason.loadBalancerCut).toBeGreaterThan(0);
    expect(released({ ...long, termination, waysIn: [{ ...balancer, cutsAfterSeconds: 10 }] }, 10).exposed).toEqual([]);
  });
});

describe('the only pod is deleted', () => {
  const only: WorkloadModel = { ...EXACT, replicas: { min: 1, max: 1 }, evictions: 1, budget: undefined };
  const deleted = (model: WorkloadModel) => simulate(model, { ...LOAD, scenario: 'singleDeletion', seed: 1 });

  test('and whoever learns of it finds none until the next is ready', () => {
    const run = deleted({ ...only, termination: { ...only.termination, preStop: exactly(4) }, waysIn: through({ detach: exactly(2) }) });
    expectAbout(run.lost.newConnections, 3000);
    expect(run.exposed).toEqual(['noEndpoint']);
    expect([run.fewestReady, run.mostPods, run.mostTerminating, run.doneAt]).toEqual([0, 2, 1, 5]);
  });

  test('but serves on while its hook runs, where ending pods are sent requests when no other is ready', () => {
    const way = through({ detach: exactly(2), fallsBackToTerminating: true });
    const hook = (seconds: number) => ({ ...only, termination: { ...only.termination, preStop: exactly(seconds) }, waysIn: way });
    expectAbout(deleted(hook(4)).lost.newConnections, 1000);
    expect(deleted(hook(5)).exposed).toEqual([]);
  });

  test('but not where its budget keeps it', () => {
    const run = deleted({ ...only, budget: { minAvailable: 1 } });
    expect(run.trace.events).toEqual([]);
    expect(run.lost.newConnections).toBe(0);
  });
});

test('a pod is sent requests before it is ready where the way does not ask', () => {
  const run = released({ ...EXACT, termination: { ...EXACT.termination, preStop: exactly(5) }, waysIn: through({ routesUnready: true }) });
  // One new pod after the other, each for five seconds, beside four that serve.
  expectAbout(run.lost.byReason.refused, 20 * 1000 / 5);
});

test('a readiness gate holds a release back until the way has taken the pod in', () => {
  const run = released({ ...EXACT, waysIn: [{ ...LOAD_BALANCER, attach: exactly(20), detach: exactly(0) }] });
  expect(run.doneAt).toBe(4 * 25);
  expect(run.exposed).toEqual([]);
});

test('without a gate and out of order no pod may be left', () => {
  const balancer: WayIn = { ...LOAD_BALANCER, readinessGate: false, attach: exactly(60), detach: exactly(0) };
  const run = released({ ...EXACT, waysIn: [balancer] });
  // The last old pod is dropped after 20s, the first new one is taken in after 65.
  expectAbout(run.perWay[0].lost.byReason.noEndpoint, 2 * 45_000);
});
