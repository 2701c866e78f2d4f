import type { Duration } from 'cdk8s';
import { refuse } from '../declaration-error';
import { optionalSeconds, wholeNumber } from '../values';

/** When a new version is measured, and how many bad measurements it takes. */
export interface AnalysisTimingOptions {
  /**
   * The time over which each measurement looks back, from 10 seconds to 1 day. Refused where it is shorter than four scrapes, or than
   * `minRequests` take at `requestsPerSecond` and the smallest share, that of copies included.
   * @default - 1 minute, or twice the time that `minRequests` take at `requestsPerSecond` and the smallest share, because requests
   * come irregularly; and four scrapes at least. In whole minutes for CloudWatch
   */
  readonly window?: Duration;

  /**
   * The time between two measurements, from 10 seconds to 1 day, and no shorter than a scrape. Flagger has an interval of its own: that of
   * the release.
   * @default - 1 minute, or a scrape where that takes longer
   */
  readonly interval?: Duration;

  /**
   * The time from a change of the share until the first measurement, at most 1 day. No shorter than its default, so that no
   * measurement looks back to before the change.
   * @default - the window, a scrape, and the time that the slowest way in takes to learn of the change
   */
  readonly initialDelay?: Duration;

  /**
   * The measurements at each share, from 1 to 1000. Flagger makes one at each share of a canary, and so many in an A/B test or a
   * blue-green release.
   * @default 3
   */
  readonly measurements?: number;

  /**
   * Requests that the new version must have answered in the window for a measurement to say anything, from 1 to 1000000.
   * @default 20
   */
  readonly minRequests?: number;

  /**
   * The least requests per second, to all versions together, during a release: more than 0, at most 1000000. With it the window is
   * held against `minRequests` at the smallest share; without it a quiet hour ends inconclusive.
   * @default - unknown
   */
  readonly requestsPerSecond?: number;

  /**
   * Bad measurements of a metric that are forgiven, from 0 to 1000: at each share, and under Flagger in the whole release.
   * @default 0
   */
  readonly failureLimit?: number;

  /**
   * Measurements without a result (no data, too few requests) that are forgiven, from 0 to 1000. One more and the release waits
   * for somebody, or goes back where the engine cannot wait.
   * @default 0
   */
  readonly inconclusiveLimit?: number;

  /**
   * Queries in a row that the source does not answer and that are forgiven, from 0 to 1000. Flagger counts them as failed checks.
   * @default 4
   */
  readonly consecutiveErrorLimit?: number;
}

/** The same in the planner's form. What is absent is derived. */
export interface TimingSpec {
  readonly windowSeconds?: number;
  readonly intervalSeconds?: number;
  readonly initialDelaySeconds?: number;
  readonly measurements: number;
  readonly minRequests: number;
  readonly requestsPerSecond?: number;
  readonly failureLimit: number;
  readonly inconclusiveLimit: number;
  readonly consecutiveErrorLimit: number;
}

const DAY = 86_400;

/** Reads them. */
export function timingSpecOf(field: string, options: AnalysisTimingOptions): TimingSpec {
  return {
    windowSeconds: optionalSeconds(`${field} window`, options.window, 10, DAY),
    intervalSeconds: optionalSeconds(`${field} interval`, options.interval, 10, DAY),
    initialDelaySeconds: optionalSeconds(`${field} initialDelay`, options.initialDelay, 0, DAY),
    measurements: wholeNumber(`${field} measurements`, options.measurements ?? 3, 1, 1000),
    minRequests: wholeNumber(`${field} minRequests`, options.minRequests ?? 20, 1, 1_000_000),
    requestsPerSecond: rateOf(`${field} requestsPerSecond`, options.requestsPerSecond),
    failureLimit: wholeNumber(`${field} failureLimit`, options.failureLimit ?? 0, 0, 1000),
    inconclusiveLimit: wholeNumber(`${field} inconclusiveLimit`, options.inconclusiveLimit ?? 0, 0, 1000),
    consecutiveErrorLimit: wholeNumber(`${field} consecutiveErrorLimit`, options.consecutiveErrorLimit ?? 4, 0, 1000),
  };
}

function rateOf(name: string, rate: number | undefined): number | undefined {
  if (rate === undefined || (typeof rate === 'number' && rate > 0 && rate <= 1_000_000)) {
    return rate;
  }
  return refuse(`${name} ${rate} must be a number above 0 and at most 1000000; leave it out where the rate is unknown`);
}
