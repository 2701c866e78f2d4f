import type { Duration } from 'cdk8s';
import { refuse } from '../declaration-error';
import { durationOf, shown } from '../values';

/** What must hold of the measured requests. */
export interface ThresholdOptions {
  /**
   * The largest good share of failed requests in the window, from 0 to 1: 0.01 is one in a hundred.
   * @default - not looked at
   */
  readonly maxErrorRate?: number;

  /**
   * The longest time within which half of the requests are answered, from 1 millisecond to 1 hour.
   * @default - not looked at
   */
  readonly maxP50?: Duration;

  /**
   * The longest time within which 95 of 100 requests are answered, from 1 millisecond to 1 hour.
   * @default - not looked at
   */
  readonly maxP95?: Duration;

  /**
   * The longest time within which 99 of 100 requests are answered, from 1 millisecond to 1 hour.
   * @default - not looked at
   */
  readonly maxP99?: Duration;
}

/** What must hold of the new version beside the old one. */
export interface ComparisonOptions {
  /**
   * By how much the share of failed requests may exceed that of the old version, from 0 to 1: 0.01 is one in a hundred more. Refused
   * where the old version takes no requests of users at the time: before and after the switch of a blue-green release.
   * @default - the versions are not compared
   */
  readonly maxErrorRateIncrease?: number;

  /**
   * How many times the old version's 99th percentile the new one's may be, from 1 to 1000. Refused where `maxErrorRateIncrease` is.
   * @default - the versions are not compared
   */
  readonly maxP99Ratio?: number;
}

/** One of them, in the planner's form. Times are in seconds. */
export type ThresholdSpec =
  | { readonly kind: 'errorRate' | 'errorRateIncrease' | 'p99Ratio'; readonly max: number }
  | { readonly kind: 'quantile'; readonly percent: 50 | 95 | 99; readonly max: number };

type Percent = 50 | 95 | 99;

/** Reads them. */
export function thresholdSpecsOf(field: string, options: ThresholdOptions & ComparisonOptions): ThresholdSpec[] {
  const quantile = (percent: Percent, max: Duration | undefined): ThresholdSpec[] =>
    max === undefined ? [] : [{ kind: 'quantile', percent, max: milliseconds(`${field} maxP${percent}`, max) / 1000 }];
  const number = (kind: 'errorRate' | 'errorRateIncrease' | 'p99Ratio', name: string, max: number | undefined, from: number, to: number): ThresholdSpec[] =>
    max === undefined ? [] : [{ kind, max: within(`${field} ${name}`, max, from, to) }];
  return [
    ...number('errorRate', 'maxErrorRate', options.maxErrorRate, 0, 1),
    ...number('errorRateIncrease', 'maxErrorRateIncrease', options.maxErrorRateIncrease, 0, 1),
    ...quantile(50, options.maxP50),
    ...quantile(95, options.maxP95),
    ...quantile(99, options.maxP99),
    ...number('p99Ratio', 'maxP99Ratio', options.maxP99Ratio, 1, 1000),
  ];
}

/** Holds that something is measured at all. */
export function checkMeasures(field: string, measures: readonly unknown[]): void {
  if (measures.length === 0) {
    refuse(`${field} needs something that must hold; give maxErrorRate, another threshold or a query`);
  }
}

function milliseconds(name: string, duration: Duration): number {
  const value = durationOf(name, duration).toMilliseconds();
  return value >= 1 && value <= 3_600_000 ? value : refuse(`${name} ${value}ms must be from 1ms to 1 hour`);
}

function within(name: string, value: number, min: number, max: number): number {
  return Number.isFinite(value) && value >= min && value <= max ? value : refuse(`${name} ${shown(value)} must be a number from ${min} to ${max}`);
}
