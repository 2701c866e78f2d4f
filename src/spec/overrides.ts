import type { Duration } from 'cdk8s';

/** The rhythm of one probe. What is left out is derived. */
export interface ProbeTiming {
  /**
   * Time between two questions, at least 1 second.
   * @default - derived
   */
  readonly period?: Duration;

  /**
   * Time after which a question counts as failed, at least 1 second.
   * @default - derived
   */
  readonly timeout?: Duration;

  /**
   * Failures in a row that count, at least 1.
   * @default - derived
   */
  readonly failureThreshold?: number;
}

/**
 * Values that replace derived ones.
 *
 * Each is held against the inequalities that it would have been derived from; one that breaks any is refused, with
 * both sides and the smallest value that works.
 */
export interface Overrides {
  /**
   * How long a pod goes on serving after its deletion, before SIGTERM. At least 1 second.
   * @default - the slowest path's propagation bound; where the program exits at once, the longest request on top
   */
  readonly preStop?: Duration;

  /**
   * The time from a pod's deletion until it is killed.
   * @default - preStop, the drain and a margin of 5 seconds; longer where a load balancer, a proxy or a sidecar needs it
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * How long a new pod must stay ready before it counts as available; not below a load balancer's slow start.
   * @default - until a flapping pod would have been seen, every path without a readiness gate sends to it, and a slow start
   * is over
   */
  readonly minReady?: Duration;

  /**
   * The time without progress after which a release counts as failed.
   * @default - 10 minutes, or more where a pod may take longer to start
   */
  readonly progressDeadline?: Duration;

  /**
   * The startup probe's rhythm.
   * @default - a thirtieth of the start-up bound, from 1 to 10 seconds, as often as the bound needs
   */
  readonly startupProbe?: ProbeTiming;

  /**
   * The readiness probe's rhythm.
   * @default - every 5 seconds, 3 failures
   */
  readonly readinessProbe?: ProbeTiming;

  /**
   * The liveness probe's rhythm.
   * @default - every 10 seconds, as many failures as keep a restart behind the loss of readiness
   */
  readonly livenessProbe?: ProbeTiming;

  /**
   * The pods that evictions may take away at a time (the disruption budget's `maxUnavailable`). Only with two replicas or
   * more.
   * @default - a tenth of the fewest replicas, at least 1
   */
  readonly maxDisrupted?: number;

  /**
   * How long the autoscaler looks back before it removes pods, at most one hour. Only with an autoscaler.
   * @default - 5 minutes, or longer where one pod's turn in a release takes longer
   */
  readonly scaleDownStabilization?: Duration;
}
