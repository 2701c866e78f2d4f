import * as fc from 'fast-check';
import { exactly, SOUND, within } from './models';
import { Scenario, scenariosOf } from '../../../src/verify/simulation/scenario';
import { simulate, SimulationRun } from '../../../src/verify/simulation/simulate';
import type { Strategy, WorkloadModel } from '../../../src/verify/workload-model';

function run(model: WorkloadModel, scenario: Scenario, seed: number): SimulationRun {
  return simulate(model, { scenario, seed, requestsPerSecond: 1 });
}

function times({ trace }: SimulationRun, what: RegExp): number[] {
  return trace.events.filter((event) => what.test(event.what)).map(({ at }) => at);
}

/** The most pods that were not terminating, at any point of a run. */
function mostLive({ trace, replicas }: SimulationRun): number {
  let live = replicas;
  return trace.events.reduce((most, { what }) => {
    live += what.endsWith('is created') ? 1 : what.endsWith('is deleted') ? -1 : 0;
    return Math.max(most, live);
  }, live);
}

const counts = fc.record({ replicas: fc.integer({ min: 1, max: 8 }), surge: fc.nat(4), unavailable: fc.nat(4), seed: fc.nat() });

test('a rolling release stays between the available and the surplus pods that it may have', () => {
  fc.assert(fc.property(counts, ({ replicas, surge, unavailable, seed }) => {
    const strategy: Strategy = { kind: 'rollingUpdate', maxSurge: surge, maxUnavailable: unavailable };
    const release = run({ ...SOUND, replicas: { min: replicas, max: replicas }, strategy }, 'release', seed);
    const least = replicas - Math.min(replicas, surge + unavailable === 0 ? 1 : unavailable);
    expect(release.fewestReady).toBeGreaterThanOrEqual(least);
    expect(mostLive(release)).toBeLessThanOrEqual(replicas + surge);
    expect(times(release, /^new pod \d+ is created$/)).toHaveLength(replicas);
    expect(times(release, /^old pod \d+ is deleted$/)).toHaveLength(replicas);
  }), { numRuns: 300 });
});

test('a rolling release uses what it may', () => {
  const strategy: Strategy = { kind: 'rollingUpdate', maxSurge: 2, maxUnavailable: 1 };
  const release = run({ ...SOUND, strategy }, 'release', 1);
  expect([release.fewestReady, mostLive(release)]).toEqual([3, 6]);
});

test('terminating pods are no part of the surge', () => {
  const slow: WorkloadModel = {
    ...SOUND, minReadySeconds: 0, start: { accepts: exactly(1), gated: true, noticedWithinSeconds: 0 },
  };
  expect(run(slow, 'release', 1)).toMatchObject({ mostPods: 8, mostTerminating: 4 });
});

test('recreating creates nothing before the last old pod has gone', () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const release = run({ ...SOUND, strategy: { kind: 'recreate' } }, 'release', seed);
    const lastGone = Math.max(...times(release, /^old pod \d is gone$/));
    expect(times(release, /^new pod \d is created$/)).toEqual(new Array(4).fill(lastGone));
    expect(release.mostPods).toBe(4);
  }
});

test.each([1, 2])('a StatefulSet with maxUnavailable %d misses no more pods and has none in surplus', (maxUnavailable) => {
  const least = [];
  for (let seed = 0; seed < 50; seed += 1) {
    const release = run({ ...SOUND, strategy: { kind: 'oneByOne', maxUnavailable } }, 'release', seed);
    expect(release.mostPods).toBe(4);
    least.push(release.fewestReady);
  }
  expect(new Set(least)).toEqual(new Set([4 - maxUnavailable]));
});

describe('a switch-over', () => {
  const model: WorkloadModel = { ...SOUND, strategy: { kind: 'switchOver', scaleDownDelaySeconds: 45 } };

  test('moves the traffic when all new pods are available, and deletes the old ones a while later', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const release = run(model, 'release', seed);
      const [moved, ...again] = times(release, /^the traffic moves to the new pods$/);
      expect(again).toEqual([]);
      expect(moved).toBeCloseTo(Math.max(...times(release, /^new pod \d is ready$/)) + 10, 6);
      expect(times(release, /^old pod \d is deleted$/)).toEqual(new Array(4).fill(expect.closeTo(moved + 45, 6)));
      expect([release.fewestReady, release.mostPods]).toEqual([4, 8]);
    }
  });

  test('that is rolled back before the traffic has moved never moves it', () => {
    const early = Array.from({ length: 100 }, (_, seed) => run(model, 'rollback', seed))
      .filter((rollback) => times(rollback, /^the traffic moves to the new pods$/).length === 0);
    expect(early.length).toBeGreaterThan(5);
    for (const rollback of early) {
      expect(times(rollback, /^the traffic/)).toEqual([]);
      expect(times(rollback, /^old pod \d is deleted$/)).toEqual([]);
    }
  });

  test('loses requests where old pods go before everybody has heard', () => {
    const hasty: WorkloadModel = {
      ...model, strategy: { kind: 'switchOver', scaleDownDelaySeconds: 0 }, termination: { ...SOUND.termination, preStop: exactly(0) },
    };
    expect(Array.from({ length: 20 }, (_, seed) => run(hasty, 'release', seed)).some(({ exposed }) => exposed.includes('refused'))).toBe(true);
  });
});

test('an eviction waits for the budget', () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const blocked = run({ ...SOUND, budget: { minAvailable: '100%' }, minReadySeconds: 0 }, 'singleDeletion', seed);
    expect(times(blocked, /is evicted/)).toEqual([]);
  }
});

test('evictions that a budget holds up for ever end all the same', () => {
  const blocked = run({ ...SOUND, replicas: { min: 1, max: 1 }, strategy: { kind: 'recreate' }, budget: { minAvailable: 1 }, evictions: 5 },
    'releaseWithEvictions', 3);
  expect(times(blocked, /is evicted/)).toEqual([]);
});

test('evictions within the budget never leave fewer pods ready, and are replaced', () => {
  const fewest = new Set<number>();
  for (let seed = 0; seed < 200; seed += 1) {
    const release = run({ ...SOUND, evictions: 3 }, 'releaseWithEvictions', seed);
    fewest.add(release.fewestReady);
    expect(times(release, /is created/)).toHaveLength(times(release, /is deleted/).length);
  }
  expect(fewest).toEqual(new Set([3, 4]));
});

test('a scale-down deletes exactly the surplus', () => {
  const scaled = run({ ...SOUND, replicas: { min: 2, max: 3 } }, 'scaleDown', 1);
  expect([times(scaled, /is deleted/).length, times(scaled, /is created/).length, scaled.doneAt, scaled.fewestReady]).toEqual([1, 0, 0, 2]);
});

test('a rolled back release ends with old pods, a second change with the newest', () => {
  const lastReady = (release: SimulationRun) => release.trace.lanes
    .filter(({ spans }) => spans.at(-1)?.state === 'ready')
    .map(({ label }) => label.split(' ')[0]);
  for (let seed = 0; seed < 50; seed += 1) {
    expect(lastReady(run(SOUND, 'rollback', seed))).toEqual(new Array(4).fill('old'));
    expect(lastReady(run(SOUND, 'secondChange', seed))).toEqual(new Array(4).fill('newest'));
  }
});

const strategies: readonly Strategy[] = [
  { kind: 'rollingUpdate', maxSurge: '25%', maxUnavailable: '25%' },
  { kind: 'recreate' },
  { kind: 'oneByOne', maxUnavailable: '40%' },
  { kind: 'switchOver', scaleDownDelaySeconds: 20 },
];

test('whatever befalls it, every workload comes to rest in full number', () => {
  fc.assert(fc.property(fc.constantFrom(...strategies), fc.integer({ min: 1, max: 5 }), fc.nat(3), fc.nat(), (strategy, min, more, seed) => {
    const model: WorkloadModel = { ...SOUND, replicas: { min, max: min + more }, strategy, start: { ...SOUND.start, accepts: within(5) } };
    for (const scenario of scenariosOf(model)) {
      const { doneAt, oldGoneAt } = run(model, scenario, seed);
      expect(doneAt).toBeLessThan(Infinity);
      expect(oldGoneAt).toBeLessThan(Infinity);
    }
  }), { numRuns: 100 });
});

test('an autoscaler that takes pods away amid a release leaves enough of those that are available', () => {
  fc.assert(fc.property(fc.nat(), (seed) => {
    const strategy: Strategy = { kind: 'rollingUpdate', maxSurge: 1, maxUnavailable: 0 };
    const model = { ...SOUND, replicas: { min: 3, max: 5 }, strategy, minReadySeconds: 0, evictions: 0, budget: undefined };
    expect(run(model, 'release', seed).fewestReady).toBeGreaterThanOrEqual(3);
  }), { numRuns: 300 });
});

test('before a switch-over the new pods are sent nothing, also where it is called off', () => {
  const model: WorkloadModel = { ...SOUND, strategy: { kind: 'switchOver', scaleDownDelaySeconds: 30 }, minReadySeconds: 60, evictions: 0 };
  const calledOff = Array.from({ length: 60 }, (_, seed) => run(model, 'rollback', seed))
    .filter(({ trace }) => trace.events.every(({ what }) => !what.startsWith('the traffic moves')));
  expect(calledOff.length).toBeGreaterThan(0);
  expect(calledOff.flatMap(({ trace }) => trace.lanes).filter(({ label, spans }) => / → new pod/.test(label) && spans.length > 0)).toEqual([]);
});
