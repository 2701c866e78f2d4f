import { refuse } from './declaration-error';
import { Pods } from './pods';

/** How a new version takes over, in the planner's form. Each further way is one more member. */
export type RolloutSpec =
  | { readonly kind: 'rolling'; readonly maxSurge: Pods; readonly maxUnavailable: Pods };

/** Settings of a rolling release. */
export interface RollingOptions {
  /**
   * The pods that may run above the replicas during a release. Kubernetes rounds a percentage up.
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

/** How a new version takes over from the old one. */
export class Rollout {
  /** Pod by pod: a new one takes traffic before an old one leaves it. */
  static rolling(options: RollingOptions = {}): Rollout {
    for (const [name, pods] of Object.entries(options)) {
      // Plain JavaScript lets a bare number through, which says neither pods nor percent.
      if (pods !== undefined && !(pods instanceof Pods)) {
        refuse(`Rollout.rolling ${name} must be Pods.count(…) or Pods.percent(…)`);
      }
    }
    return new Rollout({
      kind: 'rolling',
      maxSurge: options.maxSurge ?? Pods.percent(25),
      maxUnavailable: options.maxUnavailable ?? Pods.count(0),
    });
  }

  /** @internal */
  readonly _spec: RolloutSpec;

  private constructor(spec: RolloutSpec) {
    this._spec = spec;
  }
}
