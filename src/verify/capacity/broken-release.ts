import type { WorkloadModel } from '../workload-model';
import { startsOf, strategyMoves } from './moves';

/** How a release of a broken version ends. */
export interface Prediction {
  /** How many pods that work are left. Evictions besides are not counted. */
  readonly servingPods: number;
  /** What `kubectl rollout status`, or the strategy's own tool, says in the end; `waits`: nothing, ever. */
  readonly rolloutStatus: 'success' | 'failure' | 'waits';
  readonly because: string;
}

/** What becomes of a release whose new version is broken, in either of two ways. */
export interface BrokenRelease {
  /** The program runs, and never accepts requests. */
  readonly neverReady: Prediction;
  /** Every pod becomes ready and its program ends soon after, again and again. */
  readonly crashesAfterReady: Prediction;
}

/** Predicts how far a broken version gets, and whether anybody is told. */
export function predictBrokenRelease(model: WorkloadModel): BrokenRelease {
  const { start, minReadySeconds } = model;
  return {
    neverReady: start.gated
      ? stuck(model, 'a new pod that is not ready is never available')
      : replacedAll('no readiness or startup probe asks the program, so a container that runs counts as ready, '
        + `and as available after minReadySeconds ${minReadySeconds}s`),
    crashesAfterReady: minReadySeconds > 0
      ? stuck(model, `a new pod that ends within minReadySeconds ${minReadySeconds}s of its readiness is never available (one that ends later is)`)
      : replacedAll('with minReadySeconds 0s a pod counts as available from the moment in which it is ready'),
  };
}

function replacedAll(reason: string): Prediction {
  return { servingPods: 0, rolloutStatus: 'success', because: `${reason}: every old pod is replaced` };
}

/** Lets the controller act until it has nothing left to do, while no new pod ever becomes available. */
function stuck(model: WorkloadModel, reason: string): Prediction {
  const { synced, serving } = strategyMoves(model.strategy);
  let [state] = startsOf({ model, changes: 0, scalings: 0, replicas: [model.replicas.min] });
  for (let [next] = synced(state); next !== undefined; [next] = synced(state)) {
    state = next;
  }
  const servingPods = serving(state);
  const left = servingPods === 0 ? 'no old pod is kept until then' : `${servingPods} of ${model.replicas.min} old pods stay`;
  return { servingPods, ...statusOf(model), because: `${reason}, and ${left}; ${statusReason(model)}` };
}

/** A StatefulSet has no deadline. */
function statusOf({ strategy, progressDeadlineSeconds }: WorkloadModel): Pick<Prediction, 'rolloutStatus'> {
  return { rolloutStatus: strategy.kind === 'oneByOne' || progressDeadlineSeconds === undefined ? 'waits' : 'failure' };
}

function statusReason({ strategy, progressDeadlineSeconds }: WorkloadModel): string {
  if (strategy.kind === 'oneByOne') {
    return 'a StatefulSet has no progressDeadlineSeconds, so nothing ever says that the release has failed';
  }
  return progressDeadlineSeconds === undefined
    ? 'without progressDeadlineSeconds nothing ever says that the release has failed'
    : `after progressDeadlineSeconds ${progressDeadlineSeconds}s without progress the release counts as failed`;
}
