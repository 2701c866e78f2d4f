import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import type { Overrides, ProbeTiming } from 'zero-downtime';
import { maybe } from './text-arbitraries';

/** What overrides must stand up to. Durations are in seconds. */
export interface Bounds {
  readonly startsWithin: number;
  /** The least preStop. */
  readonly preStop: number;
  /** A grace period that surely suffices. */
  readonly grace: number;
  /** The slowest path, and the slowest start of a target. */
  readonly propagation: number;
  readonly minReplicas: number;
  readonly isAutoscaled: boolean;
}

interface Rhythm {
  readonly period: number;
  readonly timeout: number;
  readonly extra: number;
}

/** A period, a timeout within it, and failures beyond the fewest. */
const rhythms = maybe(fc.record({
  period: fc.integer({ min: 1, max: 20 }), timeout: fc.integer({ min: 1, max: 20 }), extra: fc.integer({ min: 0, max: 4 }),
}));

/** Values at or above every bound, once the bounds are known. Overrides themselves are rare: most teams give none. */
export const overrides: fc.Arbitrary<(bounds: Bounds) => Overrides | undefined> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(() => undefined) },
  {
    weight: 1,
    arbitrary: fc.record({
      preStopSlack: maybe(fc.integer({ min: 0, max: 30 })),
      graceSlack: maybe(fc.integer({ min: 0, max: 30 })),
      minReadySlack: maybe(fc.integer({ min: 0, max: 60 })),
      progressDeadline: maybe(fc.integer({ min: 20_000, max: 30_000 })),
      startup: rhythms,
      readiness: rhythms,
      liveness: rhythms,
      disrupted: maybe(fc.integer({ min: 1, max: 5 })),
      hasLongWindow: fc.boolean(),
    }).map((drawn) => (bounds: Bounds): Overrides => {
      const readiness = drawn.readiness && { ...drawn.readiness, failures: 1 + drawn.readiness.extra };
      const unreadyAfter = readiness ? readiness.period * readiness.failures : 15;
      return {
        preStop: above(drawn.preStopSlack, bounds.preStop),
        terminationGracePeriod: above(drawn.graceSlack, bounds.grace + 30),
        minReady: above(drawn.minReadySlack, Math.max(bounds.propagation, unreadyAfter)),
        progressDeadline: above(drawn.progressDeadline, 0),
        startupProbe: timing(drawn.startup, ({ period }) => Math.ceil(bounds.startsWithin / period) + 1),
        readinessProbe: timing(drawn.readiness, () => 1),
        livenessProbe: timing(drawn.liveness, ({ period }) => Math.ceil(unreadyAfter / period) + 1),
        maxDisrupted: bounds.minReplicas > 1 ? drawn.disrupted && Math.min(drawn.disrupted, bounds.minReplicas - 1) : undefined,
        scaleDownStabilization: drawn.hasLongWindow && bounds.isAutoscaled ? Duration.hours(1) : undefined,
      };
    }),
  },
);

function above(slack: number | undefined, bound: number): Duration | undefined {
  return slack === undefined ? undefined : Duration.seconds(bound + slack);
}

function timing(rhythm: Rhythm | undefined, fewest: (rhythm: Rhythm) => number): ProbeTiming | undefined {
  return rhythm && {
    period: Duration.seconds(rhythm.period),
    timeout: Duration.seconds(Math.min(rhythm.timeout, rhythm.period)),
    failureThreshold: fewest(rhythm) + rhythm.extra,
  };
}
