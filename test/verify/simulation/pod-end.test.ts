import * as fc from 'fast-check';
import { exactly, SOUND } from './models';
import { Delays } from '../../../src/verify/simulation/delays';
import { bornPod, Pod } from '../../../src/verify/simulation/pod';
import { end } from '../../../src/verify/simulation/pod-end';
import { Random } from '../../../src/verify/simulation/random';
import type { TerminationModel } from '../../../src/verify/workload-model';

const PLAIN: TerminationModel = {
  gracePeriodSeconds: 30, preStop: exactly(10), kubeletSeconds: 0, shutdown: 'drains', drainSeconds: 15,
};

/** How a pod ends that is deleted after a hundred seconds, in milliseconds from the deletion. */
function ended(termination: Partial<TerminationModel>, seed = 1): Record<'sigterm' | 'stopsAccepting' | 'closes' | 'cut' | 'gone', number> {
  const always = { createdAt: 0, acceptsAt: 0, startedAt: 0, readyAt: 0 };
  const pod: Pod = bornPod({ label: 'old pod 1', version: 0, ordinal: 0, ...always, ways: 1 });
  end(pod, { ...SOUND, termination: { ...PLAIN, ...termination } }, new Delays(new Random(seed), 'corners'), 100_000);
  return {
    sigterm: pod.sigtermAt - 100_000,
    stopsAccepting: pod.stopsAcceptingAt - 100_000,
    closes: pod.closesAt - 100_000,
    cut: pod.cutAt - 100_000,
    gone: pod.goneAt - 100_000,
  };
}

test('a program that drains accepts until SIGTERM and cuts what its drain does not hold', () => {
  expect(ended({})).toMatchObject({ sigterm: 10_000, stopsAccepting: 10_000, closes: 10_000, cut: 25_000 });
});

test('a program that exits at once is gone with SIGTERM', () => {
  expect(ended({ shutdown: 'exitsAtOnce' })).toEqual({ sigterm: 10_000, stopsAccepting: 10_000, closes: 10_000, cut: 10_000, gone: 10_000 });
});

test('SIGKILL cuts a drain at the end of the grace period', () => {
  expect(ended({ drainSeconds: 60 }).cut).toBe(30_000);
});

test.each([30, 45])('a hook of %d seconds is ended with a grace period of 30, and two seconds are left', (preStop) => {
  expect(ended({ preStop: exactly(preStop) })).toMatchObject({ sigterm: 30_000, cut: 32_000 });
});

test.each([[27, 30_000], [28, 30_000], [29, 31_000]])('a hook of %d seconds leaves two seconds at least', (preStop, cut) => {
  expect(ended({ preStop: exactly(preStop) })).toMatchObject({ sigterm: 1000 * preStop, cut });
});

test('a proxy of the pod\'s own stops and ends by its own clock, whatever the hook does', () => {
  expect(ended({ proxy: { acceptsSeconds: 5, endsSeconds: 7 } }))
    .toMatchObject({ sigterm: 10_000, stopsAccepting: 5_000, closes: 7_000, cut: 7_000 });
});

test('a proxy that has ended accepts nothing', () => {
  expect(ended({ proxy: { acceptsSeconds: 9, endsSeconds: 5 } })).toMatchObject({ stopsAccepting: 5_000, closes: 5_000 });
});

test('a proxy that outlasts the program keeps the pod but carries nothing', () => {
  expect(ended({ shutdown: 'exitsAtOnce', proxy: { acceptsSeconds: 20, endsSeconds: 25 } }))
    .toEqual({ sigterm: 10_000, stopsAccepting: 10_000, closes: 10_000, cut: 10_000, gone: 25_000 });
});

test('no signal comes early, none later than the kubelet may be, and nothing outlasts SIGKILL', () => {
  fc.assert(fc.property(fc.nat(40), fc.nat(40), fc.nat(5), fc.nat(40), fc.nat(1000), (grace, preStop, kubelet, drain, seed) => {
    const { sigterm, cut, gone } = ended({
      gracePeriodSeconds: grace, preStop: exactly(preStop), kubeletSeconds: kubelet, drainSeconds: drain,
    }, seed);
    const asked = 1000 * Math.min(preStop, grace);
    expect(sigterm).toBeGreaterThanOrEqual(asked);
    expect(sigterm).toBeLessThanOrEqual(asked + 1000 * kubelet);
    expect(cut).toBeGreaterThanOrEqual(Math.min(sigterm + 1000 * drain, 1000 * grace));
    expect(cut).toBeLessThanOrEqual(sigterm + 1000 * drain);
    expect(gone).toBeGreaterThanOrEqual(sigterm);
    expect(gone).toBeLessThanOrEqual(1000 * (grace + 2 + 2 * kubelet));
  }), { numRuns: 500 });
});
