/**
 * A state of a release: a row of small numbers, so that hundreds of thousands of them fit into one typed array.
 *
 * Pods of one version are interchangeable, so they are counted, not named. Pods that are being deleted have left the counts: that
 * a single deletion loses nothing is proved elsewhere.
 */
export type State = number[];

/** The versions of the pods: the old one, the new one, and the one that a second change in the middle of the release asks for. */
export const VERSIONS = [0, 1, 2] as const;

/** By version: pods that are available. */
export const AVAILABLE = 0;
/** By version: pods that exist, or are about to, and are not available. */
export const UNAVAILABLE = 3;
/** By version: pods that are gone, and that the status of their controller still counts as available. */
export const UNNOTICED = 6;
/** The version that the template asks for. */
export const TARGET = 9;
/** Of a switch-over: the version that the traffic goes to. */
export const SERVING = 10;
/** The replicas asked for. */
export const REPLICAS = 11;
/** How many evictions may still come. */
export const EVICTIONS = 12;
/** How many of them the budget has allowed. */
export const ALLOWED = 13;
/** How often the template may still change. */
export const CHANGES = 14;
/** How often the autoscaler may still change the replicas. */
export const SCALINGS = 15;
/** How many numbers a state has. */
export const WIDTH = 16;

/** How many pods of one version are asked for. */
export function sizeOf(state: State, version: number): number {
  return state[AVAILABLE + version] + state[UNAVAILABLE + version];
}

/** How many pods of all versions are available. */
export function available(state: State): number {
  return state[AVAILABLE] + state[AVAILABLE + 1] + state[AVAILABLE + 2];
}

/** How many pods of all versions are asked for. */
export function size(state: State): number {
  return available(state) + state[UNAVAILABLE] + state[UNAVAILABLE + 1] + state[UNAVAILABLE + 2];
}

/** The same state with pods of one version added (or, negative, taken away). */
export function moved(state: State, version: number, changes: { available?: number; unavailable?: number; unnoticed?: number }): State {
  const next = state.slice();
  next[AVAILABLE + version] += changes.available ?? 0;
  next[UNAVAILABLE + version] += changes.unavailable ?? 0;
  next[UNNOTICED + version] += changes.unnoticed ?? 0;
  return next;
}

/** The same state with one of its numbers replaced. */
export function replaced(state: State, field: number, value: number): State {
  const next = state.slice();
  next[field] = value;
  return next;
}
