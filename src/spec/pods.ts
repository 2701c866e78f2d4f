import { wholeNumber } from './values';

/** A number of pods, absolute or as a share of the replicas. */
export class Pods {
  /**
   * A fixed number of pods.
   *
   * @param count a whole number from 0 to 10000
   * @throws outside that range
   */
  static count(count: number): Pods {
    return new Pods(wholeNumber('Pods.count', count, 0, 10_000), false);
  }

  /**
   * A share of the replicas. Kubernetes rounds a surge up and an unavailability down to whole pods.
   *
   * @param percent a whole number from 0 to 100
   * @throws outside that range
   */
  static percent(percent: number): Pods {
    return new Pods(wholeNumber('Pods.percent', percent, 0, 100), true);
  }

  private constructor(
    /** The number of pods, or the percentage. */
    readonly amount: number,
    /** Whether the amount is a percentage of the replicas. */
    readonly isPercent: boolean,
  ) {}

  /** The amount in Kubernetes' notation: `2` or `25%`. */
  toString(): string {
    return this.isPercent ? `${this.amount}%` : `${this.amount}`;
  }
}
