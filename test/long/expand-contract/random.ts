/** Of the generator of Park and Miller: a prime, so that every state comes before the first one again. */
const MODULUS = 2_147_483_647;

/** Draws numbers that a seed decides. */
export class Random {
  /** What a run was drawn from, so that it can be drawn again: FC_SEED, or the time. */
  static seed(): number {
    return process.env.FC_SEED === undefined ? Date.now() % 2 ** 31 : Number(process.env.FC_SEED);
  }

  private state: number;

  constructor(seed: number) {
    this.state = seed % (MODULUS - 1) + 1;
  }

  /** A whole number from 0 to less than `bound`. */
  below(bound: number): number {
    this.state = this.state * 48271 % MODULUS;
    return Math.floor((this.state - 1) / (MODULUS - 1) * bound);
  }

  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }
}
