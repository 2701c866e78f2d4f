import { askTargets } from '../../../src/verify/timed/targets';
import { Changes, exactly, modelOf, upTo } from '../race/model';

const RESOLVED = { replicas: 3, maxSurge: 1, maxUnavailable: 0 };
const ALB: Changes['way'] = {
  path: 'awsLoadBalancer', inOrder: false, fallsBackToTerminating: false, keptBy: 'none', detach: upTo(60), attach: upTo(30),
};

function targets(changes: Changes = {}, resolved = RESOLVED, maxStates?: number) {
  const model = modelOf({ ...changes, start: { accepts: { atLeast: 5, atMost: 9 } }, way: { ...ALB, ...changes.way } });
  return askTargets(model, model.waysIn[0], resolved, maxStates);
}

describe('a load balancer always has a target', () => {
  test('where a pod counts as available only after it has been attached', () => {
    expect(targets({ minReadySeconds: 30 })).toMatchObject({ verdict: 'holds', reason: 'minReadySeconds 30s ≥ attach of awsLoadBalancer 30s' });
    expect(targets({ minReadySeconds: 26, way: { detach: { atLeast: 4, atMost: 60 } } }).reason)
      .toBe('minReadySeconds 26s + serving after deletion 4s ≥ attach of awsLoadBalancer 30s');
  });

  test.each([
    ['with a readiness gate', { readinessGate: true }, 'awsLoadBalancer: a pod is ready only once it is a target'],
    ['that learns of changes in order', { inOrder: true }, 'awsLoadBalancer: changes are learnt in the order in which they happened'],
  ])('%s', (_, way, reason) => {
    expect(targets({ minReadySeconds: 0, way })).toMatchObject({ verdict: 'holds', reason, margins: [] });
  });

  test('is not decided where only the waves of the release take longer, for a change amid it may take the first new pods away', () => {
    const at = (seconds: number) => targets({ minReadySeconds: 10, way: { attach: upTo(seconds) } });
    expect(at(40)).toMatchObject({
      verdict: 'undecided',
      reason: 'attach of awsLoadBalancer 40s ≤ 40s holds for the release alone; a change amid it, or an eviction, may take away the new pods '
        + 'that were attached first',
      margins: [{ bound: 'attach of awsLoadBalancer', assumed: 40, holdsUntil: 10 }, { bound: 'minReadySeconds', assumed: 10, holdsUntil: 40 }],
    });
    expect(at(41)).toMatchObject({ verdict: 'violated', reason: 'attach of awsLoadBalancer 41s > 40s' });
  });

  test.each([
    [{ replicas: { min: 3, max: 3 }, evictions: 1 }, 'holds'],
    [{ replicas: { min: 3, max: 3 }, evictions: 2 }, 'undecided'],
    [{ replicas: { min: 2, max: 2 } }, 'holds'],
    [{ replicas: { min: 2, max: 2 }, strategy: { kind: 'rollingUpdate', maxSurge: 0, maxUnavailable: 1 } }, 'undecided'],
    [{ replicas: { min: 4, max: 4 }, strategy: { kind: 'rollingUpdate', maxSurge: 1, maxUnavailable: 1 } }, 'holds'],
    [{ replicas: { min: 4, max: 12 }, strategy: { kind: 'rollingUpdate', maxSurge: '25%', maxUnavailable: '25%' } }, 'undecided'],
    [{ replicas: { min: 2, max: 2 }, strategy: { kind: 'oneByOne', maxUnavailable: 1 } }, 'holds'],
  ] as const)('whichever ready pods a ReplicaSet deletes: %p %s', (changes, verdict) => {
    expect(targets({ minReadySeconds: 30, ...changes }).verdict).toBe(verdict);
  });

  test('whichever ready pods go, where it keeps up with deletions', () => {
    const way = { detach: { atLeast: 10, atMost: 60 }, attach: upTo(10) };
    expect(targets({ minReadySeconds: 30, evictions: 9, way }).verdict).toBe('holds');
  });

  test('one by one, where a pod waits for the hook of the one before it', () => {
    const ordered = (seconds: number) => targets(
      { minReadySeconds: 0, strategy: { kind: 'oneByOne', maxUnavailable: 1 }, way: { attach: upTo(seconds) } },
      { replicas: 2, maxSurge: 0, maxUnavailable: 1 });
    expect(ordered(1)).toMatchObject({ verdict: 'violated', reason: 'attach of awsLoadBalancer 1s > 0s' });
    expect(ordered(1).counterexample?.events).toContainEqual({ at: 25, what: 'new pod 1 is ready' });
  });

  test('is not decided where the search is given up', () => {
    expect(targets({ minReadySeconds: 0, way: { attach: upTo(300) } }, RESOLVED, 3)).toMatchObject({
      verdict: 'undecided', reason: 'no course was found within 3 states, and no inequality excludes one',
    });
  });

  test('where a pod without a probe counts as ready at once, the start is no part of a wave', () => {
    const model = modelOf({ minReadySeconds: 10, start: { gated: false, accepts: exactly(5) }, way: { ...ALB, attach: upTo(31) } });
    expect(askTargets(model, model.waysIn[0], RESOLVED).verdict).toBe('violated');
  });
});

describe('the course in which it has none', () => {
  const { counterexample } = targets({ minReadySeconds: 10 }, { replicas: 1, maxSurge: 1, maxUnavailable: 0 });

  test('is told pod by pod', () => {
    expect(counterexample).toEqual({
      title: 'awsLoadBalancer has no target in the middle of a release',
      unit: 'seconds',
      lanes: [
        { label: 'old pod 1', spans: [{ state: 'ready', from: 0, to: 15 }, { state: 'terminating', from: 15, to: 36 }] },
        { label: 'awsLoadBalancer → old pod 1', spans: [{ state: 'routed', from: 0, to: 15 }] },
        { label: 'new pod 1', spans: [{ state: 'starting', from: 0, to: 5 }, { state: 'ready', from: 5, to: 36 }] },
        { label: 'awsLoadBalancer → new pod 1', spans: [{ state: 'routed', from: 35, to: 36 }] },
        { label: 'awsLoadBalancer', spans: [{ state: 'routed', from: 0, to: 15 }] },
      ],
      events: [
        { at: 0, what: 'new pod 1 is created' },
        { at: 5, what: 'new pod 1 is ready' },
        { at: 15, what: 'old pod 1 is deleted' },
        { at: 15, what: 'new pod 1 counts as available' },
      ],
      lost: { at: 15, lane: 'awsLoadBalancer', why: 'awsLoadBalancer has no target: every old pod is deleted, and no new one has been attached' },
      remedy: 'set minReadySeconds to at least 30, or let pods wait for the load balancer with a readiness gate',
    });
  });

  test.each([[3, 1, 0, 45], [4, 2, 1, 40], [10, 3, 2, 60]])('has no routed pod at the loss, and its remedy works (%d replicas, surge %d, unavailable %d)', (replicas, maxSurge, maxUnavailable, attach) => {
    const resolved = { replicas, maxSurge, maxUnavailable };
    const changes = { minReadySeconds: 5, way: { attach: upTo(attach) } };
    const timeline = targets(changes, resolved).counterexample!;
    const { at } = timeline.lost!;
    const routed = timeline.lanes.filter(({ label }) => label.includes(' → ')).flatMap(({ spans }) => spans);
    expect(timeline.lanes.filter(({ label }) => /^old pod/.test(label))).toHaveLength(replicas);
    expect(routed.filter(({ from, to }) => from <= at && at < to)).toEqual([]);
    const least = Number(/at least (\d+)/.exec(timeline.remedy!)![1]);
    expect(targets({ ...changes, minReadySeconds: least }, resolved).verdict).toBe('holds');
  });
});
