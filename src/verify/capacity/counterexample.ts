import type { Timeline, TimelineEvent } from '../timeline';
import type { WorkloadModel } from '../workload-model';
import { eventBetween } from './event';
import { strategyMoves } from './moves';
import { lanesOf } from './pods';
import type { State } from './state';

/** Shows the way to a state with too few pods, one step after another, every pod by itself. */
export function counterexample(model: WorkloadModel, path: readonly State[]): Timeline {
  const { serving } = strategyMoves(model.strategy);
  const counts = (state: State) => `${serving(state)} ready of ${model.requiredReady} required`;
  const events: TimelineEvent[] = path.map((state, at) => ({
    at,
    what: `${at === 0 ? 'the new template is applied' : eventBetween(path[at - 1], state)}; ${counts(state)}`,
  }));
  return { title: `${model.workload}: too few pods are available in a release`, unit: 'steps', lanes: lanesOf(path), events };
}
