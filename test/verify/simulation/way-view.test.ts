import * as fc from 'fast-check';
import { CLUSTER_INTERNAL, exactly, within } from './models';
import { Delays } from '../../../src/verify/simulation/delays';
import { bornPod, Pod } from '../../../src/verify/simulation/pod';
import { Random } from '../../../src/verify/simulation/random';
import { WayView } from '../../../src/verify/simulation/way-view';
import type { WayIn } from '../../../src/verify/workload-model';

function aPod(label = 'pod'): Pod {
  return bornPod({ label, version: 0, ordinal: 0, createdAt: 0, acceptsAt: 0, startedAt: 0, readyAt: 0, ways: 1 });
}

function viewOf(way: Partial<WayIn>, seed = 1): WayView {
  return new WayView({ ...CLUSTER_INTERNAL, ...way }, 0, new Delays(new Random(seed), 'corners'));
}

/** A list of readinesses and deletions, each so many milliseconds after the one before. */
const changes = fc.array(fc.record({ after: fc.nat(8000), isReadiness: fc.boolean() }), { minLength: 1, maxLength: 12 });

interface Learned {
  readonly isReadiness: boolean;
  readonly at: number;
  readonly learnedAt: number;
}

function learned(view: WayView, list: readonly { readonly after: number; readonly isReadiness: boolean }[]): Learned[] {
  let at = 0;
  const seen = list.map(({ after, isReadiness }) => {
    at += after;
    const pod = aPod();
    if (isReadiness) {
      view.attach(pod, at);
    } else {
      view.attachAt(pod, -1);
      view.detach(pod, at);
    }
    return { isReadiness, at, pod };
  });
  return seen.map(({ pod, ...change }) => ({ ...change, learnedAt: change.isReadiness ? pod.sights[0].attachAt : pod.sights[0].detachAt }));
}

test('a change is learned after its delay', () => {
  const pod = aPod();
  const view = viewOf({ attach: exactly(3), detach: exactly(5) });
  view.attach(pod, 1000);
  view.detach(pod, 10_000);
  expect(pod.sights[0]).toMatchObject({ attachAt: 4000, detachAt: 15_000 });
});

test('a pod that was never taken in is never dropped', () => {
  const pod = aPod();
  viewOf({}).detach(pod, 1000);
  expect(pod.sights[0].detachAt).toBe(Infinity);
});

test('a pod that is deleted before it has started is never taken in, whatever was foreseen', () => {
  const pod: Pod = { ...aPod(), startedAt: 5000 };
  const view = viewOf({ readinessGate: true });
  view.attachAt(pod, 6000);
  view.detach(pod, 4000);
  expect(pod.sights[0]).toEqual({ attachAt: Infinity, detachAt: Infinity, forgottenAt: Infinity });
});

test('in order, no change is learned before one that happened earlier', () => {
  fc.assert(fc.property(changes, fc.nat(), fc.nat(12), fc.nat(12), (list, seed, attach, detach) => {
    const moments = learned(viewOf({ attach: within(attach), detach: within(detach) }, seed), list).map(({ learnedAt }) => learnedAt);
    expect(moments).toEqual([...moments].sort((one, other) => one - other));
  }), { numRuns: 500 });
});

test.each([true, false])('no change is learned before it happened or later than its bound, in order: %s', (inOrder) => {
  fc.assert(fc.property(changes, fc.nat(), fc.nat(12), fc.nat(12), (list, seed, attach, detach) => {
    for (const change of learned(viewOf({ inOrder, attach: within(attach), detach: within(detach) }, seed), list)) {
      expect(change.learnedAt).toBeGreaterThanOrEqual(change.at);
      expect(change.learnedAt).toBeLessThanOrEqual(change.at + 1000 * (change.isReadiness ? attach : detach));
    }
  }), { numRuns: 500 });
});

test('a slow readiness is learned together with a quick deletion that came after it', () => {
  const ready = aPod('new');
  const gone = aPod('old');
  const view = viewOf({ attach: exactly(60), detach: exactly(5) });
  view.attachAt(gone, -1);
  view.attach(ready, 0);
  view.detach(gone, 1000);
  expect([ready.sights[0].attachAt, gone.sights[0].detachAt]).toEqual([6000, 6000]);
});

test('out of order, a deletion is learned while a readiness before it is not', () => {
  const ready = aPod('new');
  const gone = aPod('old');
  const view = viewOf({ inOrder: false, attach: exactly(60), detach: exactly(5) });
  view.attachAt(gone, -1);
  view.attach(ready, 0);
  view.detach(gone, 1000);
  expect([ready.sights[0].attachAt, gone.sights[0].detachAt]).toEqual([60_000, 6000]);
});

test('in order, a pod that is gone is forgotten no later than what happened after is learned', () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const [gone, next] = [aPod('gone'), aPod('next')];
    const view = viewOf({ detach: within(20) }, seed);
    [gone, next].forEach((pod) => view.attachAt(pod, -1));
    view.detach(gone, 0);
    view.forget(gone, 1000);
    view.detach(next, 2000);
    expect(gone.sights[0].forgottenAt).toBeGreaterThanOrEqual(gone.sights[0].detachAt);
    expect(next.sights[0].detachAt).toBeGreaterThanOrEqual(gone.sights[0].forgottenAt);
  }
});

test('the traffic moves in order with the readiness of the pods to which it moves', () => {
  const ready = aPod('new');
  const view = viewOf({ attach: exactly(60), detach: exactly(5) });
  view.attach(ready, 0);
  view.flip(1, 2000);
  expect(ready.sights[0].attachAt).toBe(7000);
  expect(view.flips).toEqual([{ at: 7000, version: 1 }]);
});
