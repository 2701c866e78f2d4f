import type { Strategy } from '../workload-model';
import { noticedByBudget } from './evictions';
import { oneByOneMoves } from './one-by-one-moves';
import { recreateMoves } from './recreate-moves';
import { rollingMoves } from './rolling-moves';
import type { Setting } from './setting';
import { ALLOWED, AVAILABLE, CHANGES, EVICTIONS, moved, REPLICAS, replaced, SCALINGS, State, TARGET, UNAVAILABLE, UNNOTICED, VERSIONS, WIDTH } from './state';
import type { StrategyMoves } from './strategy-moves';
import { switchOverMoves } from './switch-over-moves';

/** What may happen in a release, and how many pods carry the load meanwhile. */
export interface Moves {
  readonly serving: (state: State) => number;
  readonly after: (state: State) => readonly State[];
}

/** What may happen in a search. Nothing has to: a version may never become available, and whoever acts may be slow. */
export function movesOf(setting: Setting): Moves {
  const { model } = setting;
  const strategy = strategyMoves(model.strategy);
  return {
    serving: strategy.serving,
    after: (state) => [
      ...strategy.synced(state),
      ...becameAvailable(state),
      ...evicted(state),
      ...changed(state),
      ...scaled(setting, strategy, state),
    ].map((next) => noticedByBudget(model, next)),
  };
}

/** The states in which the new template has been applied, and nothing has been done about it: one for each number of replicas. */
export function startsOf({ model, changes, scalings, replicas }: Setting): readonly State[] {
  return replicas.map((pods) => {
    const state = new Array<number>(WIDTH).fill(0);
    state[AVAILABLE] = pods;
    state[TARGET] = 1;
    state[REPLICAS] = pods;
    state[EVICTIONS] = model.evictions;
    state[CHANGES] = changes;
    state[SCALINGS] = scalings;
    return noticedByBudget(model, state);
  });
}

/** What the controller of a strategy does. */
export function strategyMoves(strategy: Strategy): StrategyMoves {
  switch (strategy.kind) {
    case 'rollingUpdate': return rollingMoves(strategy);
    case 'recreate': return recreateMoves();
    case 'oneByOne': return oneByOneMoves(strategy.maxUnavailable);
    case 'switchOver': return switchOverMoves();
  }
}

/**
 * A status is a count of pods at one moment, and pods are seen in the order in which they changed. So one more available pod
 * makes up for one that is gone without anybody having noticed.
 */
function becameAvailable(state: State): readonly State[] {
  return VERSIONS.filter((version) => state[UNAVAILABLE + version] > 0)
    .map((version) => moved(state, version, { available: 1, unavailable: -1, unnoticed: state[UNNOTICED + version] > 0 ? -1 : 0 }));
}

/** The pod's controller creates another of the same version. The eviction of a pod that is not available changes no count. */
function evicted(state: State): readonly State[] {
  return state[ALLOWED] === 0 ? [] : VERSIONS.filter((version) => state[AVAILABLE + version] > 0).map((version) => {
    const next = moved(state, version, { available: -1, unavailable: 1, unnoticed: 1 });
    next[EVICTIONS] -= 1;
    next[ALLOWED] -= 1;
    return next;
  });
}

/**
 * To a third version, or back to the old one. A change comes from a person or a pipeline: by then, it is assumed, the controller
 * has noticed its own last deletions (not the evictions).
 */
function changed(state: State): readonly State[] {
  return state[CHANGES] === 0 || state[TARGET] !== 1 ? [] : [2, 0]
    .map((version) => replaced(replaced(state, TARGET, version), CHANGES, state[CHANGES] - 1));
}

/** The budget may learn of the replicas before the pods have followed. */
function scaled(setting: Setting, strategy: StrategyMoves, state: State): readonly State[] {
  const others = state[SCALINGS] === 0 ? [] : setting.replicas.filter((replicas) => replicas !== state[REPLICAS]);
  return others.flatMap((replicas) => {
    const asked = replaced(noticedByBudget(setting.model, replaced(state, REPLICAS, replicas)), REPLICAS, state[REPLICAS]);
    return strategy.scaled(asked, replicas).map((next) => replaced(next, SCALINGS, state[SCALINGS] - 1));
  });
}
