import type { WorkloadModel } from '../workload-model';
import { healthyWanted } from './setting';
import { ALLOWED, available, EVICTIONS, REPLICAS, size, State } from './state';

/**
 * The same state with the evictions that the budget allows brought up to date; the state itself is changed.
 *
 * The API server takes each eviction off a number that the disruption controller wrote a while ago, and may go by it however far
 * the release has moved on. A larger number only ever allows more. So the largest written so far, less the evictions since, stands
 * for all; a smaller one need not be looked at.
 *
 * Healthy for the budget is a pod that is ready: with `minReadySeconds` that is before it is available, so any pod that is not yet
 * available may count.
 */
export function noticedByBudget(model: WorkloadModel, state: State): State {
  const left = state[EVICTIONS];
  const healthy = model.minReadySeconds > 0 ? size(state) : available(state);
  const allowed = model.budget === undefined ? left : healthy - healthyWanted(model, state[REPLICAS]);
  state[ALLOWED] = Math.min(left, Math.max(state[ALLOWED], allowed));
  return state;
}
