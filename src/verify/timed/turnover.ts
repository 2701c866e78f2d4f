import type { WayIn, WorkloadModel } from '../workload-model';

/** A rolling update's numbers of pods, as the controller resolves them for one number of replicas. */
export interface ResolvedRollingUpdate {
  readonly replicas: number;
  readonly maxSurge: number;
  readonly maxUnavailable: number;
}

/** A rolling update as a load balancer sees it that takes new targets in after a time of its own. */
export interface Turnover extends ResolvedRollingUpdate {
  /** From a pod's creation (one by one, from the end of its predecessor's service) until it is ready, at the earliest. */
  readonly startSeconds: number;
  readonly minReadySeconds: number;
  /** From a pod's readiness until the load balancer sends to it, at the latest. */
  readonly attachSeconds: number;
  /** From a pod's deletion until the load balancer no longer sends to it, or it no longer accepts, at the earliest. */
  readonly servesSeconds: number;
}

/**
 * The course of a release that is the hardest on a load balancer. A quick start is: the faster pods become available, the sooner the
 * last old one is deleted, and nothing makes the load balancer quicker.
 */
export function turnoverOf(model: WorkloadModel, way: WayIn, resolved: ResolvedRollingUpdate): Turnover {
  const { start, termination, minReadySeconds } = model;
  const { preStop, gracePeriodSeconds, proxy } = termination;
  const hook = Math.min(preStop.atLeast, gracePeriodSeconds);
  const { replicas, maxSurge, maxUnavailable } = resolved;
  return {
    replicas,
    maxSurge,
    maxUnavailable,
    // A pod without a probe is ready as soon as it runs; one that takes over a name is created when the one before it has gone.
    startSeconds: (start.gated ? start.accepts.atLeast : 0) + (model.strategy.kind === 'oneByOne' ? hook : 0),
    minReadySeconds,
    attachSeconds: way.attach.atMost,
    servesSeconds: Math.min(way.detach.atLeast, hook, proxy?.acceptsSeconds ?? Infinity, proxy?.endsSeconds ?? Infinity),
  };
}
