import { resize } from './replica-set-moves';
import { available, REPLICAS, size, sizeOf, State, TARGET, VERSIONS } from './state';
import type { StrategyMoves } from './strategy-moves';

/** What the Deployment controller does where all old pods end before the first new one is created. */
export function recreateMoves(): StrategyMoves {
  return { serving: available, synced, scaled: () => [] };
}

function synced(state: State): readonly State[] {
  const target = state[TARGET];
  const next = state.slice();
  if (size(state) > sizeOf(state, target)) {
    VERSIONS.filter((version) => version !== target).forEach((version) => resize(next, version, 0));
    return [next];
  }
  if (sizeOf(state, target) === state[REPLICAS]) {
    return [];
  }
  resize(next, target, state[REPLICAS]);
  return [next];
}
