import * as fc from 'fast-check';
import { rolling, workload } from './models';
import { brokenLane, Counts, replay } from './replay';
import { searchCapacity } from '../../../src/verify/capacity/search-capacity';
import type { Timeline } from '../../../src/verify/timeline';
import type { Strategy, WorkloadModel } from '../../../src/verify/workload-model';

const versions = (step: { readonly [version: string]: Counts }) => Object.values(step);
const total = (step: { readonly [version: string]: Counts }, of: keyof Counts) => versions(step).reduce((sum, counts) => sum + counts[of], 0);
const counterexampleOf = (model: WorkloadModel): Timeline => {
  const { counterexample } = searchCapacity(model);
  expect(counterexample).toBeDefined();
  return counterexample!;
};

/** What a step may change, by its clause: of ready and starting pods, and of those that have ended. */
function isLegal(what: string, before: { readonly [version: string]: Counts }, after: { readonly [version: string]: Counts }): boolean {
  const change = (of: keyof Counts) => total(after, of) - total(before, of);
  const changes = [change('ready'), change('starting'), change('terminating')].join(' ');
  if (what.includes('is evicted')) {
    return changes === '-1 1 1';
  }
  if (what.includes('becomes available')) {
    return changes === '1 -1 0';
  }
  if (what.includes('the template is changed') || what.includes('the traffic moves')) {
    return changes === '0 0 0';
  }
  return what.startsWith('the controller') && change('ready') <= 0 && change('terminating') >= 0 && changes !== '0 0 0';
}

function* refuted(): Generator<WorkloadModel> {
  const strategies: Strategy[] = [
    rolling('25%', '25%'), rolling(1, 0), rolling(0, 1), rolling(2, 2), rolling(1, '100%'), { kind: 'recreate' }, { kind: 'oneByOne', maxUnavailable: 1 },
  ];
  for (const strategy of strategies) {
    for (const replicas of [1, 2, 4, 7]) {
      for (const evictions of [0, 1, 2]) {
        for (const requiredReady of [1, 2, 3, 4, 6]) {
          const model = workload(replicas, { strategy, evictions, requiredReady, budget: { minAvailable: '50%' } });
          if (requiredReady <= replicas && searchCapacity(model).fewest < requiredReady) {
            yield model;
          }
        }
      }
    }
  }
}

describe('every counterexample', () => {
  const found = [...refuted()].map((model) => ({ model, timeline: counterexampleOf(model) }));

  test('is one of many', () => {
    expect(found.length).toBeGreaterThan(60);
  });

  test('shows lives of pods', () => {
    expect(found.flatMap(({ timeline }) => brokenLane(timeline) ?? [])).toEqual([]);
  });

  test('starts with every old pod ready, and nothing else', () => {
    const wrong = found.filter(({ model, timeline }) => {
      const [start] = replay(timeline);
      return start.old.ready !== model.replicas.min || total(start, 'ready') + total(start, 'starting') !== model.replicas.min;
    });
    expect(wrong).toEqual([]);
  });

  test('shows the pods that its clauses count', () => {
    const wrong = found.filter(({ timeline }) => replay(timeline).some((step, at) =>
      !timeline.events[at].what.endsWith(`; ${total(step, 'ready')} ready of ${/(\d+) required/.exec(timeline.events[at].what)![1]} required`)));
    expect(wrong).toEqual([]);
  });

  test('takes only steps that can be taken', () => {
    const wrong = found.filter(({ timeline }) => replay(timeline).some((step, at, steps) =>
      at > 0 && !isLegal(timeline.events[at].what, steps[at - 1], step)));
    expect(wrong).toEqual([]);
  });

  test('evicts no more than may be evicted', () => {
    const wrong = found.filter(({ model, timeline }) => timeline.events.filter(({ what }) => what.includes('evicted')).length > model.evictions);
    expect(wrong).toEqual([]);
  });

  test('has fewer pods than required at its end, and not before', () => {
    const wrong = found.filter(({ model, timeline }) => {
      const first = replay(timeline).findIndex((step) => total(step, 'ready') < model.requiredReady);
      return first !== timeline.events.length - 1;
    });
    expect(wrong).toEqual([]);
  });

  test('of a StatefulSet always has as many pods as replicas, those that end not counted', () => {
    const wrong = found.filter(({ model, timeline }) => model.strategy.kind === 'oneByOne'
      && replay(timeline).some((step) => total(step, 'ready') + total(step, 'starting') !== model.replicas.min));
    expect(wrong).toEqual([]);
  });
});

test('a pod is followed by its name from its start to its end', () => {
  const { lanes, unit, title } = counterexampleOf(workload(2, { strategy: rolling(0, 1), evictions: 1 }));
  expect({ unit, title }).toEqual({ unit: 'steps', title: 'Deployment shop/payments: too few pods are available in a release' });
  expect(lanes).toEqual([
    { label: 'old pod 1', spans: [{ state: 'ready', from: 0, to: 1 }, { state: 'terminating', from: 1, to: 3 }] },
    { label: 'old pod 2', spans: [{ state: 'ready', from: 0, to: 2 }, { state: 'terminating', from: 2, to: 3 }] },
    { label: 'old pod 3', spans: [{ state: 'starting', from: 2, to: 3 }] },
  ]);
});

test('a switch-over shows when the traffic moves', () => {
  const model = workload(2, { strategy: { kind: 'switchOver', scaleDownDelaySeconds: 30 }, evictions: 1, requiredReady: 2 });
  expect(counterexampleOf(model).events.map(({ what }) => what)).toEqual([
    'the new template is applied; 2 ready of 2 required',
    'an old pod is evicted, and a successor is created; 1 ready of 2 required',
  ]);
});

test('an autoscaler\'s move shows the numbers that it changes', () => {
  const model = workload(3, { replicas: { min: 3, max: 6 }, requiredReady: 3 });
  const clauses = counterexampleOf(model).events.map(({ what }) => what);
  expect(clauses.find((what) => what.startsWith('the autoscaler'))).toMatch(/^the autoscaler sets the replicas from 5 to 3, old ones from \d to \d/);
});

test('the way to the first missing pod is the shortest', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 5 }), fc.nat(2), fc.nat(2), fc.nat(2), (replicas, surge, unavailable, evictions) => {
    const model = workload(replicas, { strategy: rolling(surge, unavailable), evictions, requiredReady: replicas });
    const { counterexample, fewest } = searchCapacity(model);
    // An eviction is one step; without one, the controller needs one for the surge, if there is any, and one to take a pod away.
    const steps = evictions > 0 ? 1 : surge > 0 ? 2 : 1;
    expect(counterexample?.events.length).toBe(fewest < replicas ? steps + 1 : undefined);
  }));
});
