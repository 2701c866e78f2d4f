import { QUERY_TIMEOUT } from './planned-analysis';
import type { AnalysisSourceSpec } from '../../spec/analysis/analysis-spec';
import type { TimingSpec } from '../../spec/analysis/timing';
import { type Amount, literal, named, product, sum } from '../amount';
import { atLeast, atMost, type Bound } from '../bound';
import type { Ledger } from '../ledger';
import type { Path } from '../traffic/path';

/** What the times of an analysis follow from. */
export interface TimingQuestion {
  readonly ledger: Ledger;
  readonly paths: readonly Path[];
  /** The analysis' name in the plan. */
  readonly name: string;
  readonly source: AnalysisSourceSpec;
  readonly timing: TimingSpec;
  /** The smallest share at which it is made, in percent; absent where nobody knows it. */
  readonly share?: number;
}

/** The times of an analysis, in seconds. */
export interface PlannedTiming {
  readonly window: number;
  readonly interval: number;
  readonly initialDelay: number;
  /** How long it takes, all in all. */
  readonly duration: Amount;
}

const CUSTOMARY = 60;
const DAY = 86_400;

const EVALUATION = named('query timeout', QUERY_TIMEOUT, 's');

/** CloudWatch keeps numbers by the minute. */
const MINUTE = 60;

/** Decides when is measured, over what time, and how long that takes. */
export function planTiming(question: TimingQuestion): PlannedTiming {
  const { ledger, name, timing } = question;
  const scrape = assumeScrape(question);
  const window = planWindow(question, scrape);
  const interval = ledger.decide({
    name: `${name}.interval`,
    unit: 's',
    override: timing.intervalSeconds,
    preferred: CUSTOMARY,
    bounds: [atLeast(scrape, { because: 'two measurements would see the same numbers', source: 'every measurement needs a new scrape' })],
  });
  const initialDelay = planInitialDelay(question, window, scrape);
  const between = product(literal(timing.measurements - 1, ''), interval);
  const duration = ledger.state(`${name}.duration`, sum(initialDelay, between, EVALUATION), 's', {
    because: 'the first measurement comes after the delay, each other after an interval, and the last one has to be answered',
    source: 'Argo Rollouts: initialDelay, count, interval and timeout of a metric',
  });
  return { window: window.value, interval: interval.value, initialDelay: initialDelay.value, duration };
}

function assumeScrape({ ledger, name, source }: TimingQuestion): Amount {
  switch (source.kind) {
    case 'prometheus': return ledger.assume(`${name}.scrapeInterval`, { seconds: source.scrapeSeconds ?? 30, isDefault: source.scrapeSeconds === undefined },
      'scrape_interval of the job in Prometheus; Prometheus Operator sets 30s');
    case 'cloudWatch': return ledger.assume(`${name}.scrapeInterval`, { seconds: MINUTE, isDefault: true },
      'load balancers report to CloudWatch every 60 seconds');
    case 'datadog': return ledger.assume(`${name}.scrapeInterval`, { seconds: MINUTE, isDefault: true },
      'checks of the Datadog agent run every 15 seconds, and a minute passes until all are taken in; engineering judgement');
  }
}

function planWindow(question: TimingQuestion, scrape: Amount): Amount {
  const { ledger, name, source, timing, share } = question;
  const { requestsPerSecond, minRequests } = timing;
  const needed = requestsPerSecond === undefined || share === undefined ? undefined : requestsIn(minRequests, requestsPerSecond, share);
  const inWhole = source.kind === 'cloudWatch' ? MINUTE : 1;
  const customary = Math.ceil(Math.max(CUSTOMARY, 2 * (needed?.value ?? 0)) / inWhole) * inWhole;
  if ((timing.windowSeconds ?? 0) % inWhole !== 0) {
    ledger.problem(`${name}.window ${timing.windowSeconds}s must be a multiple of ${inWhole}s, by which CloudWatch keeps its numbers`);
  }
  return ledger.decide({
    name: `${name}.window`,
    unit: 's',
    override: timing.windowSeconds,
    preferred: customary,
    bounds: [seenBy(source, scrape), ...needed === undefined ? [] : [atLeast(needed, {
      because: 'fewer requests than a measurement needs come within the window',
      source: 'requestsPerSecond; the window is twice as long unless it is given, because requests come irregularly',
      remedy: 'lower minRequests or begin with a larger share',
    })], atMost(literal(DAY, 's'), { because: 'a release would take days', source: 'engineering judgement', remedy: 'lower minRequests or begin with a larger share' })],
  });
}

function seenBy({ kind }: AnalysisSourceSpec, scrape: Amount): Bound {
  return kind === 'prometheus'
    ? atLeast(product(literal(4, ''), scrape), {
      because: 'a scrape that fails or comes late leaves too few samples for a rate',
      source: 'https://www.robustperception.io/what-range-should-i-use-with-rate/',
    })
    : atLeast(scrape, { because: 'no number is reported within the window', source: 'the source\'s own interval' });
}

function planInitialDelay({ ledger, paths, name, timing }: TimingQuestion, window: Amount, scrape: Amount): Amount {
  const reason = { because: 'the measurement looks back to before the change', source: 'the window of the query, the age of its newest sample, and the way in' };
  const ends = paths.length === 0 ? [sum(window, scrape)] : paths.map(({ propagation }) => sum(window, scrape, propagation));
  return ledger.decide({ name: `${name}.initialDelay`, unit: 's', override: timing.initialDelaySeconds, bounds: ends.map((end) => atLeast(end, reason)) });
}

/** The time in which so many requests reach the new version, on average. */
function requestsIn(minRequests: number, requestsPerSecond: number, share: number): Amount {
  return {
    value: minRequests / (requestsPerSecond * share / 100),
    text: `minRequests ${minRequests} ÷ (requestsPerSecond ${requestsPerSecond} × ${share}%)`,
    isCompound: true,
  };
}
