import { type AbTestOptions, AbTestSpec, abTestSpecOf } from './ab-test';
import { type BlueGreenOptions, BlueGreenSpec, blueGreenSpecOf } from './blue-green';
import { type CanaryOptions, CanarySpec, canarySpecOf } from './canary';
import { type RollingOptions, RollingSpec, rollingSpecOf } from './rolling';

/** How a new version takes over, in the planner's form. Each further way is one more member. */
export type RolloutSpec = RollingSpec | CanarySpec | AbTestSpec | BlueGreenSpec;

/** How a new version takes over from the old one. */
export class Rollout {
  /** Pod by pod: a new one takes traffic before an old one leaves it. */
  static rolling(options: RollingOptions = {}): Rollout {
    return new Rollout(rollingSpecOf(options));
  }

  /**
   * By growing shares of the traffic, which go back by themselves where an analysis fails. Both versions answer requests side by side,
   * on the same data.
   */
  static canary(options: CanaryOptions = {}): Rollout {
    return new Rollout(canarySpecOf(options));
  }

  /** By requests with a header alone, until the new version is promoted and takes all of them. */
  static abTest(options: AbTestOptions): Rollout {
    return new Rollout(abTestSpecOf(options));
  }

  /** All at once, from pods that were there before to pods that are all there already; and back in the same way. */
  static blueGreen(options: BlueGreenOptions = {}): Rollout {
    return new Rollout(blueGreenSpecOf(options));
  }

  /** @internal */
  readonly _spec: RolloutSpec;

  private constructor(spec: RolloutSpec) {
    this._spec = spec;
  }
}
