import type { MeasuredVersions } from './measured-versions';
import type { PlannedMetric } from './planned-analysis';
import { increaseOf, quantileOf, rateOf } from './promql';
import type { Role, Series } from './series';
import type { ThresholdSpec } from '../../spec/analysis/thresholds';

/** What a threshold's query is made from. */
export interface Measured {
  readonly series: Series;
  /** In seconds. */
  readonly window: number;
  /** Requests below which nothing is said. */
  readonly minRequests: number;
}

/** The question that a threshold asks of Prometheus. */
export function thresholdMetric(threshold: ThresholdSpec, measured: Measured): PlannedMetric {
  const { max } = threshold;
  switch (threshold.kind) {
    case 'errorRate': return {
      name: 'error-rate',
      text: 'share of failed requests',
      unit: '',
      max,
      queryFor: (versions) => guarded(errorRate(measured, versions, 'canary'), enoughRequests(measured, versions, 'canary')),
    };
    case 'errorRateIncrease': return {
      name: 'error-rate-increase',
      text: 'share of failed requests, less that of the old version',
      unit: '',
      max,
      queryFor: (versions) => guarded(
        `${errorRate(measured, versions, 'canary')} - ${errorRate(measured, versions, 'stable')}`,
        enoughRequests(measured, versions, 'canary'), enoughRequests(measured, versions, 'stable'),
      ),
    };
    case 'quantile': return {
      name: `p${threshold.percent}`,
      text: `time within which ${threshold.percent} % of the requests are answered`,
      unit: 's',
      max,
      queryFor: (versions) => guarded(inSeconds(quantile(measured, versions, 'canary', threshold.percent), measured), enoughTimed(measured, versions, 'canary')),
    };
    case 'p99Ratio': return {
      name: 'p99-ratio',
      text: 'time within which 99 % of the requests are answered, by that of the old version',
      unit: '',
      max,
      queryFor: (versions) => guarded(
        `${quantile(measured, versions, 'canary', 99)} / ${quantile(measured, versions, 'stable', 99)}`,
        enoughTimed(measured, versions, 'canary'), enoughTimed(measured, versions, 'stable'),
      ),
    };
  }
}

/** A value where every condition has a result, and nothing otherwise. */
function guarded(value: string, ...conditions: string[]): string {
  return [`(${value})`, ...conditions.map((condition) => `(${condition})`)].join(' and ');
}

/** A counter of failures is not there before the first one: none is no failure, and not no data. */
function errorRate({ series, window }: Measured, versions: MeasuredVersions, role: Role): string {
  const matchers = series.matchersOf(versions[role], role);
  const failed = series.failed.map((more) => `(${rateOf(series.requests, [...matchers, ...more], window)} or vector(0))`);
  return `${failed.length === 1 ? failed[0] : `(${failed.join(' + ')})`} / ${rateOf(series.requests, matchers, window)}`;
}

/** In the histogram's own unit. */
function quantile({ series, window }: Measured, versions: MeasuredVersions, role: Role, percent: number): string {
  return quantileOf(percent / 100, series.duration, series.matchersOf(versions[role], role), window);
}

function inSeconds(value: string, { series }: Measured): string {
  return series.unitsPerSecond === 1 ? value : `${value} / ${series.unitsPerSecond}`;
}

function enoughRequests({ series, window, minRequests }: Measured, versions: MeasuredVersions, role: Role): string {
  return `${increaseOf(series.requests, series.matchersOf(versions[role], role), window)} >= ${minRequests}`;
}

/** The histogram counts for itself: it may be on another page than the counter, or measured of fewer requests. */
function enoughTimed({ series, window, minRequests }: Measured, versions: MeasuredVersions, role: Role): string {
  return `${increaseOf(`${series.duration}_count`, series.matchersOf(versions[role], role), window)} >= ${minRequests}`;
}
