import type { ServiceRequests } from './service-requests';

/** How urgent an alert is: somebody is called, somebody looks at it today, or it is a note. */
export type Severity = 'critical' | 'warning' | 'info';

/** One alert. */
export interface PlannedAlert {
  /** Its permanent name: routes and silences refer to it. */
  readonly name: string;
  readonly severity: Severity;
  /** How long the expression must have results before anybody is told, in seconds. */
  readonly forSeconds: number;
  readonly expr: string;
  readonly summary: string;
  readonly description: string;
}

/** What is told of a service's releases. */
export interface PlannedMonitoring {
  readonly labels: Readonly<Record<string, string>>;
  readonly runbookUrl?: string;
  readonly alerts: readonly PlannedAlert[];
  /** Has results while a release is going on. */
  readonly releasing: string;
  /** The service's requests, where there are metrics of them. */
  readonly requests?: ServiceRequests;
}
