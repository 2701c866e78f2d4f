import { DRAINS, inside, manifests } from './verdicts/manifests';
import { contextIn } from './verdicts/verified';
import { exampleTimeline } from '../../src/verify/example-timeline';
import { verifyCluster } from '../../src/verify/verify-cluster';

function timelineOf(yaml: string) {
  const context = contextIn(yaml, DRAINS);
  const verified = verifyCluster(context);
  return { timeline: exampleTimeline(verified, context), verdicts: verified.workloads.map(({ verdict }) => verdict) };
}

describe('of a release that is proved', () => {
  const { timeline, verdicts } = timelineOf(inside());

  test('it is one release, in seconds, in which nothing is lost', () => {
    expect(verdicts).toEqual(['PROVED']);
    expect(timeline).toMatchObject({ title: 'One release of Deployment shop/payments', unit: 'seconds' });
    expect([timeline?.lost, timeline?.remedy]).toEqual([undefined, undefined]);
  });

  test('every old pod is deleted once, and as many new ones are created', () => {
    const happened = timeline!.events.map(({ what }) => what);
    expect(happened[0]).toBe('a release begins');
    expect(happened.filter((what) => /^old pod \d is deleted$/.test(what)).sort()).toEqual([1, 2, 3, 4].map((pod) => `old pod ${pod} is deleted`));
    expect(happened.filter((what) => /^new pod \d is created$/.test(what))).toHaveLength(4);
  });

  test('it is the same each time', () => {
    expect(timelineOf(inside()).timeline).toEqual(timeline);
  });
});

test('of a release that is refuted it is the counterexample', () => {
  const { timeline, verdicts } = timelineOf(`${inside()}---\n${inside({ preStop: '' }).replaceAll('payments', 'carts')}`);
  expect(verdicts).toEqual(['PROVED', 'REFUTED']);
  expect(timeline).toMatchObject({ lost: { lane: expect.stringContaining('clusterInternal') }, remedy: expect.stringContaining('preStop') });
});

test('of nothing it is none', () => {
  expect(timelineOf(manifests()).timeline).toBeUndefined();
});

test('of more than 50 pods the same part may be missing', () => {
  const spec = 'replicas: 1000\n  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 500 } }';
  const { timeline } = timelineOf(inside({ spec }));
  expect(timeline?.title).toBe('One release of Deployment shop/payments, with at most 50 of its 1000 replicas');
  expect(timeline?.lanes.filter(({ label }) => /^old pod/.test(label))).toHaveLength(50);
  const first = timeline!.events.findIndex(({ what }) => what === 'new pod 1 is created');
  expect(timeline!.events.slice(0, first).filter(({ what }) => what.endsWith('is deleted'))).toHaveLength(25);
  expect(timeline?.lost).toBeUndefined();
});
