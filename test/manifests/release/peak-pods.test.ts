import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { Pods as PodCount, Replicas } from 'zero-downtime';
import { abTest, blueGreen, canary, type Found, HEADER, ISTIO, NGINX, SCALED } from './native';
import { resolvedPods } from './resolved-pods';
import type { ReleaseStep } from '../../../src/manifests/release/release-step';
import { releaseStepsOf } from '../../../src/manifests/release/release-steps';
import { Colour } from '../../../src/spec/rollout/rollout-engine';
import { planned, type Props } from '../../plan/declare';
import { simulatedPeak } from '../../plan/rolling-release';

const shares = fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 4 }).map((steps) => steps.sort((a, b) => a - b));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const replicas = fc.oneof(
  fc.integer({ min: 2, max: 60 }).map((count) => Replicas.fixed(count)),
  fc.tuple(fc.integer({ min: 2, max: 20 }), fc.integer({ min: 0, max: 30 })).map(([min, more]) => Replicas.autoscaled({ min, max: min + more })),
);
const times = fc.record({ longestRequest: fc.integer({ min: 1, max: 120 }), minReady: maybe(fc.integer({ min: 60, max: 300 })) })
  .map(({ longestRequest, minReady }): Props => ({
    longestRequest: Duration.seconds(longestRequest), overrides: minReady === undefined ? undefined : { minReady: Duration.seconds(minReady) },
  }));

const releases: fc.Arbitrary<Props> = fc.tuple(times, fc.oneof(
  fc.record({ steps: shares, mirrorPercent: maybe(fc.integer({ min: 1, max: 100 })), header: maybe(fc.constant(HEADER)), replicas })
    .map(({ replicas: declared, ...options }) => canary(options, { traffic: [ISTIO], replicas: declared })),
  // Shares of pods alone, which differ at the fewest replicas.
  fc.record({
    steps: fc.constantFrom<number[]>([50], [25, 50], [20, 34, 50]), min: fc.integer({ min: 10, max: 30 }), more: fc.integer({ min: 0, max: 40 }),
  }).map(({ steps, min, more }) => canary({ steps }, { replicas: Replicas.autoscaled({ min, max: min + more }) })),
  replicas.map((declared) => abTest({ traffic: [NGINX], replicas: declared })),
  fc.record({ previewPods: maybe(fc.integer({ min: 1, max: 100 })), replicas }).map(({ previewPods, replicas: declared }) =>
    blueGreen({ previewPods: previewPods === undefined ? undefined : PodCount.percent(previewPods) }, {
      traffic: [ISTIO], replicas: declared,
    }, { live: Colour.GREEN })),
)).map(([given, props]) => ({ ...props, ...given }));

/** The pods of each Deployment, at the most replicas. */
type Alive = Map<string, number>;

/** The most pods that are alive while a step is carried out: a Deployment whose template changes replaces them as its controller does it. */
function peakOf(props: Props, { manifests }: ReleaseStep, alive: Alive, isNewVersion: (name: string) => boolean): number {
  const { planned: { capacity: { most }, termination, availability } } = planned(props);
  const peaks = new Map(alive);
  for (const { spec, metadata: { name } } of manifests.map(({ manifest }) => manifest as Found).filter(({ kind }) => kind === 'Deployment')) {
    const before = alive.get(name) ?? 0;
    const after: number = spec.replicas ?? most.value;
    const { maxSurge, maxUnavailable } = spec.strategy.rollingUpdate;
    const isReplaced = before > 0 && after > 0 && isNewVersion(name);
    const replaced = before !== after ? before + after : simulatedPeak({
      replicas: after,
      surge: resolvedPods(maxSurge, after, Math.ceil),
      unavailable: resolvedPods(maxUnavailable, after, Math.floor),
      grace: termination.gracePeriod.value,
      minReady: availability.minReady.value,
    });
    peaks.set(name, isReplaced ? replaced : Math.max(before, after));
    alive.set(name, after);
  }
  return [...peaks.values()].reduce((total, pods) => total + pods, 0);
}

/** What the plan counts for the release, without evictions and what an autoscaler removes. */
function plannedFor(props: Props): number {
  const { plan, planned: { peakPods, spec, capacity, termination } } = planned(props);
  const evicted = plan.assumptions.find(({ name }) => name === 'evictionsPerGracePeriod')!.value;
  const removed = spec.replicas.isAutoscaled ? Math.ceil(capacity.most.value / 10) * Math.ceil(termination.gracePeriod.value / 60) : 0;
  return peakPods.value - evicted - removed;
}

function exceeding(props: Props, before: Alive, steps: readonly ReleaseStep[], isNewVersion: (step: ReleaseStep, name: string) => boolean): string[] {
  const bound = plannedFor(props);
  return steps.flatMap((step) => {
    const peak = peakOf(props, step, before, (name) => isNewVersion(step, name));
    return peak > bound ? [`${step.id}: ${peak} pods, and ${bound} are planned`] : [];
  });
}

/** Before a release: the version that serves, at the most replicas. */
function steadyOf(props: Props): Alive {
  const { planned: { rollout, capacity: { most } } } = planned(props);
  return new Map([[rollout.kind === 'blueGreen' ? 'payments-blue' : 'payments-stable', most.value]]);
}

test('no step of a release has more pods alive than were planned for', () => {
  fc.assert(fc.property(releases, (props) => {
    const { forward } = releaseStepsOf(planned(props).planned)!;
    // The stable Deployment gets its new template when the release is promoted; the canary has it from its first pod on.
    expect(exceeding(props, steadyOf(props), forward, (step, name) => step.id === 'promote-1-stable' && name === 'payments-stable')).toEqual([]);
  }), { numRuns: 200 });
});

test('nor has one of a release that takes the place of another, given up at any step', () => {
  fc.assert(fc.property(releases, fc.nat(), (props, at) => {
    const { forward } = releaseStepsOf(planned(props).planned)!;
    const alive = steadyOf(props);
    exceeding(props, alive, forward.slice(0, 1 + at % (forward.length - 3)), () => false);
    const given = new Map(alive);
    const replaced = new Set<string>();
    expect(exceeding(props, alive, forward, (step, name) => {
      const isFirst = (given.get(name) ?? 0) > 0 && name !== 'payments-stable' && !replaced.has(name);
      replaced.add(name);
      return isFirst || (step.id === 'promote-1-stable' && name === 'payments-stable');
    })).toEqual([]);
  }), { numRuns: 200 });
});

test('the plan counts the pods that bear copies of all requests, and those of an autoscaler\'s share', () => {
  const props = canary({ steps: [5], mirrorPercent: 100 }, { traffic: [ISTIO] });
  expect(plannedFor(props)).toBe(30);
  expect(plannedFor(canary({ steps: [5] }, { traffic: [ISTIO], replicas: SCALED }))).toBe(42);
});
