import type { Timeline } from '../timeline';
import type { WorkloadModel } from '../workload-model';
import { counterexample } from './counterexample';
import { fewestProvable } from './floor';
import { Found, search } from './search';
import { settingsOf } from './setting';

/** How few pods may carry the load in the middle of a release. */
export interface CapacityAnswer {
  /** The fewest in any state. Where that is not exact: never fewer than this or, with a counterexample, no more than this. */
  readonly fewest: number;
  readonly exact: boolean;
  /** How many states the search went through. */
  readonly states: number;
  /** The shortest way to fewer pods than required. */
  readonly counterexample?: Timeline;
  /** Why it could not be decided whether there are always as many pods as required. */
  readonly reason?: string;
}

/** What may be chosen of a search. */
export interface CapacityOptions {
  /** @default 300000 */
  readonly maxStates?: number;
  /**
   * Whether to look on for the fewest where fewer than required have been found.
   * @default true
   */
  readonly looksForFewest?: boolean;
}

const MAX_STATES = 300_000;
/** A proof goes through every number of replicas that an autoscaler may choose. */
export const MOST_REPLICAS = 10_000;
/** Up to so many pods the fewest is looked for even where a proof already shows that it suffices. */
const SEARCHED_REPLICAS = 20;
/** Above, so many states are tried: where the proof is tight, the fewest is only a few steps away. */
const GLANCE = 2_000;

/**
 * Finds the fewest pods that carry the load in any state that a release may reach, whatever order things happen in: with so many
 * evictions as the model says, with an autoscaler that moves or a template that changes once more, with a new version that may
 * never become available, and with controllers that have not yet noticed the evictions.
 *
 * A pod that is not yet available is not counted, though requests may already be sent to it; how long anything takes is left open.
 * Both only make the answer smaller. Assumed is that statuses show a controller's own deletions before a person or a pipeline
 * changes the template again.
 */
export function searchCapacity(model: WorkloadModel, { maxStates = MAX_STATES, looksForFewest = true }: CapacityOptions = {}): CapacityAnswer {
  if (model.replicas.max > MOST_REPLICAS) {
    return { fewest: 0, exact: false, states: 0, reason: tooMany(model) };
  }
  const settings = settingsOf(model).map((setting) => ({ setting, floor: fewestProvable(setting) }));
  const floor = Math.min(...settings.map((each) => each.floor));
  const suffices = floor >= model.requiredReady;
  const budget = suffices && model.replicas.max > SEARCHED_REPLICAS ? Math.min(GLANCE, maxStates) : maxStates;
  const enough = looksForFewest ? floor : Math.max(floor, model.requiredReady - 1);
  const results: Found[] = [];
  let states = 0;
  for (const { setting, floor: own } of settings) {
    const found = search(setting, { maxStates: budget - states, floor: Math.max(own, enough) });
    states += found.states;
    results.push(found);
    if (found.fewest <= enough) {
      break;
    }
  }
  return { ...judged(model, results, floor, budget), states };
}

function tooMany({ replicas }: WorkloadModel): string {
  return `replicas.max ${replicas.max} must be at most ${MOST_REPLICAS} to be looked through; lower it`;
}

function judged(model: WorkloadModel, results: readonly Found[], floor: number, maxStates: number): Omit<CapacityAnswer, 'states'> {
  const fewest = Math.min(...results.map((found) => found.fewest));
  const exact = fewest <= floor || results.every((found) => found.exact);
  const [path] = results.flatMap((found) => found.path ? [found.path] : []).sort((one, other) => one.length - other.length);
  if (path) {
    return { fewest, exact, counterexample: counterexample(model, path) };
  }
  if (exact || floor >= model.requiredReady) {
    return { fewest: exact ? fewest : floor, exact };
  }
  return {
    fewest: floor,
    exact,
    reason: `the search was given up after ${maxStates} states, none of them with fewer than ${model.requiredReady} available pods, `
      + `and the proof goes down to ${floor}; lower replicas.max ${model.replicas.max} or evictions ${model.evictions}, or raise maxStates`,
  };
}
