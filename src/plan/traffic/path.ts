import type { Duration } from 'cdk8s';
import { optionalSeconds } from '../../spec/values';
import type { Amount } from '../amount';
import type { Bound } from '../bound';
import type { Capacity } from '../capacity';
import type { Context } from '../context';
import type { PlannedTraffic } from './planned-traffic';

/** What is decided before a path's own end-of-pod settings. */
export interface PodEnd {
  readonly preStop: Amount;
  readonly drain: Amount;
}

/**
 * One way by which requests reach the pods, while it is planned.
 *
 * The planner asks each path for its part in the order of these members; a path that has no part in something keeps
 * the default.
 */
export abstract class Path {
  /** The time from a pod's deletion until this path sends it nothing new. */
  readonly propagation: Amount;

  /** Whether a new pod is ready only once this path sends to it (a pod readiness gate). */
  readonly isGated: boolean = false;

  /** The time that this path takes to find a new pod healthy, beyond the pod's own readiness. */
  readonly firstCheck?: Amount;

  /** The time over which this path raises a new pod to its full share. */
  readonly slowStart?: Amount;

  constructor(
    protected readonly context: Context,
    readonly name: string,
    propagation: { readonly declared?: Duration; readonly seconds: number; readonly source: string },
  ) {
    const seconds = propagation.declared && optionalSeconds(`${name}.propagation`, propagation.declared, 0, 3600);
    this.propagation = context.ledger.assume(`${name}.propagation`,
      { seconds: seconds ?? propagation.seconds, isDefault: seconds === undefined }, propagation.source);
  }

  /** Decides what this path does at a pod's end, and returns what it asks of the grace period. */
  planPodEnd(_end: PodEnd): Bound[] {
    return [];
  }

  /** Decides how long this path keeps an idle connection to a pod, where it keeps any. */
  planIdleTimeout(): Amount | undefined {
    return undefined;
  }

  /** Decides the rest, and returns what the manifests need. */
  abstract plan(capacity: Capacity): PlannedTraffic;
}
