import { movesOf, startsOf } from './moves';
import type { Setting } from './setting';
import type { State } from './state';
import { StateSet } from './state-set';

/** When a search may end before it has seen every state. */
export interface SearchLimits {
  /** It gives up after so many states. */
  readonly maxStates: number;
  /** It is done where so few pods carry the load: there is a proof that it never is fewer. */
  readonly floor: number;
}

/** What a search has found. */
export interface Found {
  /** The fewest pods that carry the load in any state met. */
  readonly fewest: number;
  /** Whether no reachable state has fewer. */
  readonly exact: boolean;
  readonly states: number;
  /** A shortest way from the start to a state with fewer pods than required. */
  readonly path?: readonly State[];
}

/** Goes through the states of a release breadth first. */
export function search(setting: Setting, { maxStates, floor }: SearchLimits): Found {
  const moves = movesOf(setting);
  const met = new StateSet();
  let fewest = Infinity;
  let below: number | undefined;
  const meet = (state: State, parent: number): void => {
    if (!met.add(state, parent)) {
      return;
    }
    fewest = Math.min(fewest, moves.serving(state));
    if (below === undefined && fewest < setting.model.requiredReady) {
      below = met.size - 1;
    }
  };
  startsOf(setting).forEach((start) => meet(start, -1));
  let next = 0;
  while (next < met.size && met.size < maxStates && fewest > floor) {
    const state = met.at(next);
    moves.after(state).forEach((after) => meet(after, next));
    next += 1;
  }
  const exact = next === met.size || fewest <= floor;
  return { fewest, exact, states: met.size, path: below === undefined ? undefined : pathTo(met, below) };
}

function pathTo(met: StateSet, index: number): readonly State[] {
  const path: State[] = [];
  for (let at = index; at >= 0; at = met.parentOf(at)) {
    path.unshift(met.at(at));
  }
  return path;
}
