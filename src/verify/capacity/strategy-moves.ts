import type { State } from './state';

/** What one strategy's controller does. All are pure: they return states, and change none. */
export interface StrategyMoves {
  /** How many pods the load is carried by. */
  readonly serving: (state: State) => number;
  /** The states that one round of the controller may lead to; none where it has nothing to do. */
  readonly synced: (state: State) => readonly State[];
  /** The states that a change of the replicas, and the controller's answer to it, may lead to. */
  readonly scaled: (state: State, replicas: number) => readonly State[];
}
