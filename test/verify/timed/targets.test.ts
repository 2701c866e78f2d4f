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

  test('where the waves of the release take longer than it does, up to the second', () => {
    const at = (seconds: number) => targets({ minReadySeconds: 10, way: { attach: upTo(seconds) } });
    expect(at(40)).toMatchObject({
      verdict: 'holds',
      margins: [{ bound: 'attach of awsLoadBalancer', assumed: 40, holdsUntil: 40 }, { bound: 'minReadySeconds', assumed: 10, holdsUntil: 10 }],
    });
    expect(at(41)).toMatchObject({ verdict: 'violated', reason: 'attach of awsLoadBalancer 41s > 40s' });
  });

  test('is not decided with evictions, which may take the first new pods away', () => {
    expect(targets({ minReadySeconds: 10, evictions: 1 })).toMatchObject({
      verdict: 'undecided', margins: [{ holdsUntil: 10 }, { holdsUntil: 30 }],
    });
    expect(targets({ minReadySeconds: 30, evictions: 1 }).verdict).toBe('holds');
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
