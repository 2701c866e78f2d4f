import { refuse } from '../declaration-error';
import { Pods } from '../pods';
import { settingsOf } from '../values';

/** Settings of a rolling release. */
export interface RollingOptions {
  /**
   * The pods that may run above the replicas during a release, terminating ones not counted. Kubernetes rounds a percentage up. Refused at
   * 0 where `maxUnavailable` is 0 too.
   * @default - 25 %
   */
  readonly maxSurge?: Pods;

  /**
   * The pods that may be missing from the replicas during a release, fewer than the replicas. Kubernetes rounds a
   * percentage down; one that becomes 0 pods is refused.
   * @default - none: the service keeps its capacity
   */
  readonly maxUnavailable?: Pods;
}

/** A rolling release, in the planner's form. */
export interface RollingSpec {
  readonly kind: 'rolling';
  readonly maxSurge: Pods;
  readonly maxUnavailable: Pods;
}

/** Reads the settings of a rolling release. */
export function rollingSpecOf(options: RollingOptions): RollingSpec {
  for (const [name, pods] of Object.entries(settingsOf('Rollout.rolling options', options))) {
    // Plain JavaScript lets a bare number through, which says neither pods nor percent.
    if (pods !== undefined && !(pods instanceof Pods)) {
      refuse(`Rollout.rolling ${name} must be Pods.count(…) or Pods.percent(…)`);
    }
  }
  return { kind: 'rolling', maxSurge: options.maxSurge ?? Pods.percent(25), maxUnavailable: options.maxUnavailable ?? Pods.count(0) };
}
