import { noticings, observed, resize } from './replica-set-moves';
import { AVAILABLE, REPLICAS, SERVING, sizeOf, State, TARGET, VERSIONS } from './state';
import type { StrategyMoves } from './strategy-moves';

/**
 * What a controller does that moves the traffic once the new version stands in full beside the old one. How long old pods are kept
 * after that is of no account: from the switch on only the new ones carry the load.
 */
export function switchOverMoves(): StrategyMoves {
  return { serving: (state) => state[AVAILABLE + state[SERVING]], synced, scaled };
}

function synced(state: State): readonly State[] {
  const [target, serving] = [state[TARGET], state[SERVING]];
  const idle = VERSIONS.filter((version) => version !== target && version !== serving && sizeOf(state, version) > 0);
  const grown = sizeOf(state, target) < state[REPLICAS] ? [resized(state, [target], state[REPLICAS])] : [];
  const shrunk = idle.length > 0 ? [resized(state, idle, 0)] : [];
  return [...grown, ...shrunk, ...target === serving ? [] : switched(state)];
}

/** The traffic moves when every new pod is available, as far as the controller has noticed. */
function switched(state: State): readonly State[] {
  const target = state[TARGET];
  return noticings(state).filter((seen) => observed(seen, target) >= seen[REPLICAS]).map((seen) => {
    const next = seen.slice();
    next[SERVING] = target;
    return next;
  });
}

/** Both versions stand in full, so both follow the autoscaler. */
function scaled(state: State, replicas: number): readonly State[] {
  const next = resized(state, VERSIONS.filter((version) => sizeOf(state, version) > 0), replicas);
  next[REPLICAS] = replicas;
  return [next];
}

function resized(state: State, versions: readonly number[], pods: number): State {
  const next = state.slice();
  versions.forEach((version) => resize(next, version, pods));
  return next;
}
