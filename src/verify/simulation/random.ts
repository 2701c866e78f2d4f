const FIRST = { multiplier: 40_014, modulus: 2_147_483_563 };
const SECOND = { multiplier: 40_692, modulus: 2_147_483_399 };

/** Random numbers that depend on the seed alone: L'Ecuyer's two combined congruential generators. */
export class Random {
  private first: number;
  private second: number;

  constructor(seed: number) {
    const whole = Math.abs(Math.trunc(seed)) % 2_147_483_647;
    this.first = 1 + (whole * 69_069 + 12_345) % (FIRST.modulus - 1);
    this.second = 1 + (whole * 1_664_525 + 1_013) % (SECOND.modulus - 1);
    // Neighbouring seeds start with neighbouring numbers.
    for (let draws = 0; draws < 6; draws += 1) {
      this.unit();
    }
  }

  /** At least 0 and below 1. */
  unit(): number {
    this.first = this.first * FIRST.multiplier % FIRST.modulus;
    this.second = this.second * SECOND.multiplier % SECOND.modulus;
    const difference = this.first - this.second;
    return (difference < 0 ? difference + FIRST.modulus - 1 : difference) / FIRST.modulus;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.unit() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.unit() * list.length)];
  }
}
