import { searchCapacity } from '../../../src/verify/capacity/search-capacity';
import { statefulSetMaxUnavailable } from '../../../src/verify/controller/one-by-one';
import { simulate, SimulationOptions, SimulationRun, WayRun } from '../../../src/verify/simulation/simulate';
import { askTargets } from '../../../src/verify/timed/targets';
import { answersFor } from '../../../src/verify/verify-way';
import type { WayIn, WorkloadModel } from '../../../src/verify/workload-model';

/** A StatefulSet, too, may send old pods away before a load balancer has taken in new ones; `answersFor` does not ask that. */
function keepsUpOneByOne(model: WorkloadModel, way: WayIn): boolean {
  const { strategy, replicas: { min } } = model;
  return strategy.kind !== 'oneByOne' || way.inOrder || askTargets(model, way, {
    replicas: min, maxSurge: 0, maxUnavailable: statefulSetMaxUnavailable(strategy.maxUnavailable, min),
  }).verdict === 'holds';
}

/** The indices of the ways in of which the verifier proves that they lose nothing. */
export function provedWays(model: WorkloadModel): readonly number[] {
  const capacity = searchCapacity(model);
  return [...model.waysIn.keys()].filter((index) => {
    const { answers, undecided } = answersFor(model, model.waysIn[index], capacity);
    return undecided === undefined && answers.every(({ holds }) => holds) && keepsUpOneByOne(model, model.waysIn[index]);
  });
}

/** Runs of a model, from seed 0 on. Few requests are enough: what a run is exposed to does not depend on them. */
export function play(model: WorkloadModel, runs: number, options: Partial<SimulationOptions> = {}): readonly SimulationRun[] {
  return Array.from({ length: runs }, (_, seed) => simulate(model, { seed, requestsPerSecond: 1, ...options }));
}

/** How a run loses requests on one way in, or could have lost them. */
export function lossesOf({ exposed, lost }: WayRun): readonly string[] {
  const counted = Object.entries(lost.byReason).filter(([, requests]) => requests > 0).map(([reason]) => reason);
  return [...new Set([...exposed, ...counted])].sort();
}
