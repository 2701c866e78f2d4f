import type { PlannedAlert } from './planned-monitoring';
import type { ServiceRequests, VersionRequests } from './service-requests';

/**
 * How much faster than its 30 days an error budget burns, and over what times that is seen: 2 % of it in an hour, and 5 % in six. The
 * short window ends the alert soon after the burning has ended.
 * @see https://sre.google/workbook/alerting-on-slos/
 */
export const BURN_RATES = {
  fast: { factor: 14.4, long: 3600, short: 300 },
  slow: { factor: 6, long: 21_600, short: 1800 },
} as const;

/** The share of failed requests at which a budget burns so many times as fast. Rounded where binary fractions end in dust. */
export function failedShareAt(factor: number, availabilityTarget: number): number {
  return Number((factor * (100 - availabilityTarget) / 100).toPrecision(10));
}

/** So many requests that one failure among them burns no faster. */
export function enoughFor(factor: number, availabilityTarget: number): number {
  return Math.floor(1 / failedShareAt(factor, availabilityTarget)) + 1;
}

/** What the alerts are about. */
export interface Budget {
  readonly name: string;
  /** In percent. */
  readonly target: number;
  readonly requests: ServiceRequests;
  readonly releasing: string;
  /** Requests within the short window below which nothing is said of a version. */
  readonly minRequests: number;
}

/** The alerts that tell of an error budget which burns, at any time and by a release. */
export function budgetAlerts(budget: Budget): PlannedAlert[] {
  const { name, target, requests } = budget;
  return [
    burning(budget, 'ErrorBudgetBurnsFast', 'fast', 120),
    burning(budget, 'ErrorBudgetBurnsSlowly', 'slow', 900),
    ...requests.next ? [byRelease(budget, requests.next)] : [],
    {
      name: 'RequestMetricsMissing',
      severity: 'info',
      forSeconds: 3600,
      expr: `absent(${requests.selectors.join(' or ')})`,
      summary: `Nothing tells of the requests of ${name}`,
      description: `Prometheus counts no request of it, so no alert about its target of ${target} % can fire. Either it takes none, or its metrics have other names or labels.`,
    },
  ];
}

function burning({ name, target, requests: { whole } }: Budget, alert: string, speed: keyof typeof BURN_RATES, forSeconds: number): PlannedAlert {
  const { factor, long, short } = BURN_RATES[speed];
  const share = failedShareAt(factor, target);
  return {
    name: alert,
    severity: 'critical',
    forSeconds,
    expr: `${failedShare(whole, long)} > ${share} and ${failedShare(whole, short)} > ${share}`,
    summary: `The error budget of ${name} burns ${factor} times as fast as it may`,
    description: `{{ $value | humanizePercentage }} of its requests failed within ${long / 3600} h. At its target of ${target} % that uses 30 days of budget up in ${
      Math.round(30 * 24 / factor)} h.`,
  };
}

function byRelease({ name, target, releasing, minRequests }: Budget, next: VersionRequests): PlannedAlert {
  const { factor, short } = BURN_RATES.fast;
  return {
    name: 'ReleaseBurnsErrorBudget',
    severity: 'critical',
    forSeconds: 60,
    expr: `(${failedShare(next, short)} > ${failedShareAt(factor, target)}) and (${next.count(short)} >= ${minRequests}) and on () (${releasing})`,
    summary: `A version of ${name} that is being released fails its users`,
    description: `{{ $value | humanizePercentage }} of the requests to version ${next.legend === 'canary' ? 'canary' : '{{ $labels.version }}'} `
      + `failed within ${short / 60} minutes, where the target is ${target} %. If the other version does not fail as well, give the release up.`,
  };
}

function failedShare(requests: VersionRequests, window: number): string {
  return `(${requests.failed(window)}) / (${requests.total(window)})`;
}
