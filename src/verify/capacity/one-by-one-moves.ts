import { statefulSetDeletions } from '../controller/one-by-one';
import type { Count } from '../workload-model';
import { noticings, observed } from './replica-set-moves';
import { AVAILABLE, available, moved, REPLICAS, State, TARGET, UNAVAILABLE, UNNOTICED, VERSIONS } from './state';
import type { StrategyMoves } from './strategy-moves';

/** What the StatefulSet controller does: it deletes a pod, and creates its successor under the same name. */
export function oneByOneMoves(maxUnavailable: Count): StrategyMoves {
  return { serving: available, synced: (state) => synced(maxUnavailable, state), scaled };
}

/**
 * One deletion; several at once are several rounds. Which pod goes is decided by ordinals, which the counts do not know: it may be
 * any that does not have the new template. The controller counts pods, not statuses, and deletes a pod it has already deleted a
 * second time rather than another one, so only evictions go unnoticed.
 */
function synced(maxUnavailable: Count, state: State): readonly State[] {
  const target = state[TARGET];
  return noticings(state).flatMap((seen) => {
    const unavailable = seen[REPLICAS] - VERSIONS.reduce<number>((total, version) => total + observed(seen, version), 0);
    if (statefulSetDeletions(maxUnavailable, seen[REPLICAS], unavailable) === 0) {
      return [];
    }
    const old = VERSIONS.filter((version) => version !== target);
    return [
      ...old.filter((version) => seen[AVAILABLE + version] > 0).map((version) => succeeded(seen, version, target, { available: -1 })),
      ...old.filter((version) => seen[UNAVAILABLE + version] > 0).map((version) => succeeded(seen, version, target, { unavailable: -1 })),
    ];
  });
}

function succeeded(state: State, version: number, target: number, taken: { available?: number; unavailable?: number }): State {
  const next = moved(moved(state, version, taken), target, { unavailable: 1 });
  next[UNNOTICED + version] = Math.min(next[UNNOTICED + version], next[UNAVAILABLE + version]);
  return next;
}

/** The highest ordinals go, available or not. At worst those that stay are the ones that are not available, and the old ones. */
function scaled(state: State, replicas: number): readonly State[] {
  const next = state.slice();
  next[REPLICAS] = replicas;
  let surplus = state[REPLICAS] - replicas;
  if (surplus < 0) {
    next[UNAVAILABLE + state[TARGET]] -= surplus;
    return [next];
  }
  for (const field of [AVAILABLE, UNAVAILABLE]) {
    for (const version of [...VERSIONS].sort((one, other) => Number(other === state[TARGET]) - Number(one === state[TARGET]))) {
      const taken = Math.min(surplus, next[field + version]);
      next[field + version] -= taken;
      surplus -= taken;
    }
  }
  VERSIONS.forEach((version) => {
    next[UNNOTICED + version] = Math.min(next[UNNOTICED + version], next[UNAVAILABLE + version]);
  });
  return [next];
}
