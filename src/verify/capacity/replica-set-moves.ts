import { AVAILABLE, State, UNAVAILABLE, UNNOTICED } from './state';

/** What the status of one version's ReplicaSet says is available. */
export function observed(state: State, version: number): number {
  return state[AVAILABLE + version] + state[UNNOTICED + version];
}

/**
 * Gives one version so many pods; the state itself is changed. Pods to add are not available at first. Of pods to take away, those
 * that are not available go first, but only those that the ReplicaSet controller knows: the successor of a pod whose eviction
 * nobody has noticed does not exist yet, and an available pod goes in its stead.
 *
 * A status that then says more than was asked for is taken to catch up at once, and with it every eviction before. By such a
 * status of an old version the Deployment controller refuses to take pods, so it can act only after that; of the new version,
 * whose pods only an autoscaler takes, it is an assumption.
 */
export function resize(state: State, version: number, pods: number): void {
  const before = state[AVAILABLE + version] + state[UNAVAILABLE + version];
  if (pods >= before) {
    state[UNAVAILABLE + version] += pods - before;
    return;
  }
  const seen = observed(state, version);
  const known = Math.max(0, state[UNAVAILABLE + version] - state[UNNOTICED + version]);
  const idle = Math.min(before - pods, known);
  const busy = Math.min(before - pods - idle, state[AVAILABLE + version]);
  state[AVAILABLE + version] -= busy;
  state[UNAVAILABLE + version] = pods - state[AVAILABLE + version];
  const unnoticed = seen - state[AVAILABLE + version];
  state[UNNOTICED + version] = unnoticed > state[UNAVAILABLE + version] ? 0 : unnoticed;
}

/** The states in which any of the versions with unnoticed deletions have been noticed, the given state first. */
export function noticings(state: State): readonly State[] {
  const states = [state];
  for (let version = 0; version < 3; version += 1) {
    if (state[UNNOTICED + version] > 0) {
      for (const known of [...states]) {
        const next = known.slice();
        next[UNNOTICED + version] = 0;
        states.push(next);
      }
    }
  }
  return states;
}
