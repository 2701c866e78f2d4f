import { searchCapacity, type CapacityAnswer } from './capacity/search-capacity';
import { rollingLimits } from './controller/rolling-limits';
import type { WorkloadModel } from './workload-model';

/** A change that may help, and how to write it down. */
interface Change {
  readonly text: string;
  readonly model: WorkloadModel;
}

/** How few pods may carry the load, and what to change where they are too few. */
export interface RemediedCapacity extends CapacityAnswer {
  readonly remedy?: string;
}

/** Searches the states of a release once, and for a remedy where some of them has too few pods. */
export function remediedCapacity(model: WorkloadModel): RemediedCapacity {
  const capacity = searchCapacity(model);
  return { ...capacity, remedy: capacity.counterexample && capacityRemedy(model) };
}

/** What to change so that there are always as many pods as required, tried out on the model; nothing where nothing simple does. */
export function capacityRemedy(model: WorkloadModel): string | undefined {
  const texts: string[] = [];
  let current = model;
  for (const changeOf of CHANGES) {
    const change = changeOf(current);
    if (change) {
      texts.push(change.text);
      current = change.model;
    }
    const { counterexample, reason } = searchCapacity(current, { looksForFewest: false });
    if (!counterexample && reason === undefined) {
      return texts.join(', and ');
    }
  }
  return undefined;
}

/** In the order in which they are tried: what costs least comes first. */
const CHANGES: readonly ((model: WorkloadModel) => Change | undefined)[] = [withRollingUpdate, withoutUnavailable, withBudget, withMorePods];

function withRollingUpdate(model: WorkloadModel): Change | undefined {
  return model.strategy.kind !== 'recreate' ? undefined : {
    text: 'replace the strategy Recreate with RollingUpdate (maxSurge 1, maxUnavailable 0)',
    model: { ...model, strategy: { kind: 'rollingUpdate', maxSurge: 1, maxUnavailable: 0 } },
  };
}

function withoutUnavailable(model: WorkloadModel): Change | undefined {
  const { strategy, replicas } = model;
  if (strategy.kind !== 'rollingUpdate' || rollingLimits(replicas.min, strategy).maxUnavailable === 0) {
    return undefined;
  }
  const maxSurge = rollingLimits(replicas.min, strategy).maxSurge === 0 ? 1 : strategy.maxSurge;
  return {
    text: `set maxUnavailable to 0${maxSurge === strategy.maxSurge ? '' : ` and maxSurge to ${maxSurge}`}`,
    model: { ...model, strategy: { ...strategy, maxSurge, maxUnavailable: 0 } },
  };
}

function withBudget(model: WorkloadModel): Change | undefined {
  return model.budget !== undefined || model.evictions === 0 || model.replicas.min < 2 ? undefined : {
    text: 'add a PodDisruptionBudget with maxUnavailable 1',
    model: { ...model, budget: { maxUnavailable: 1 } },
  };
}

function withMorePods(model: WorkloadModel): Change | undefined {
  const least = model.requiredReady + Math.max(1, model.evictions) + (model.strategy.kind === 'oneByOne' ? 1 : 0);
  const { min, max } = model.replicas;
  return min >= least ? undefined : {
    text: min === max ? `set replicas to at least ${least}` : `set the autoscaler's minReplicas to at least ${least}`,
    model: { ...model, replicas: { min: least, max: Math.max(max, least) }, budget: model.budget ?? { maxUnavailable: 1 } },
  };
}
