import type { Random } from './random';
import type { Interval } from '../workload-model';

/** How delays are drawn from their intervals: any value alike, or often one of the ends, where mistakes show. */
export type Spread = 'uniform' | 'corners';

type Habit = 'least' | 'most' | 'mixed';

/** Whole milliseconds, in which the simulation counts so that sums are exact. */
export function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000);
}

/** Draws the delays of one run. */
export class Delays {
  private readonly habits = new Map<string, Habit>();

  constructor(private readonly random: Random, private readonly spread: Spread) {
  }

  /**
   * Draws one delay, in milliseconds. Among the corners a run may be in the habit of one end for all delays of a name: a loss that
   * needs several pods to be slow at once would otherwise hardly ever come up.
   */
  draw(name: string, interval: Interval): number {
    const least = milliseconds(interval.atLeast);
    const most = milliseconds(interval.atMost);
    if (least === most) {
      return least;
    }
    const habit = this.spread === 'uniform' ? 'mixed' : this.habitOf(name);
    if (habit !== 'mixed') {
      return habit === 'least' ? least : most;
    }
    const corner = this.spread === 'uniform' ? 1 : this.random.unit();
    return corner < 0.25 ? least : corner < 0.5 ? most : this.random.between(least, most);
  }

  private habitOf(name: string): Habit {
    const known = this.habits.get(name);
    if (known) {
      return known;
    }
    const habit = this.random.pick<Habit>(['least', 'most', 'mixed', 'mixed']);
    this.habits.set(name, habit);
    return habit;
  }
}
