import { healthyWanted, Setting } from './setting';
import { statefulSetMaxUnavailable } from '../controller/one-by-one';
import { RollingLimits, rollingLimits } from '../controller/rolling-limits';

/**
 * A number of pods that carry the load in every state of a release, found without a search. It is the fewest, or less.
 *
 * Rolling update at a fixed number of replicas: `replicas − maxUnavailable − evictions`. The controller takes available pods only
 * down to replicas − maxUnavailable by the statuses that it sees, and these say too much by at most the evictions that nobody has
 * noticed; an eviction takes one more.
 *
 * An autoscaler besides: a change from R′ to fewer replicas R leaves each of the two ReplicaSets q = (R + surge) ÷ (R′ + surge′) of
 * its pods, rounded. It takes those first that are not available, so q × (R′ − maxUnavailable′) available ones stay but for the
 * rounding. That costs half a pod in all: together the two get R + surge, which is no less than q of what they had, so not both
 * get less than q of theirs; and the one that does is half a pod short at most, also where it makes up for what rounding left over.
 *
 * One by one: `replicas − maxUnavailable − evictions`, with the maxUnavailable of the most replicas: pods that wait for their
 * successor may be among those that an autoscaler leaves. Switch-over: `replicas − evictions`.
 */
export function fewestProvable(setting: Setting): number {
  const { model: { strategy }, replicas } = setting;
  const [min, max] = [replicas[0], replicas[replicas.length - 1]];
  const evictions = evictionsAtOnce(setting, min, max);
  switch (strategy.kind) {
    case 'recreate': return 0;
    case 'switchOver': return Math.max(0, min - evictions);
    case 'oneByOne': return Math.max(0, min - statefulSetMaxUnavailable(strategy.maxUnavailable, max) - evictions);
    case 'rollingUpdate': {
      // Fewer replicas never come with more of a surge, so the change to the fewest leaves the smallest part.
      const fewest = rollingLimits(min, strategy);
      const left = replicas.map((pods) => sharedOut(rollingLimits(pods, strategy), fewest));
      return Math.max(0, left.reduce((least, pods) => Math.min(least, pods), fewest.minAvailable) - evictions);
    }
  }
}

function sharedOut(from: RollingLimits, to: RollingLimits): number {
  const part = (to.replicas + to.maxSurge) / (from.replicas + from.maxSurge);
  return part >= 1 ? from.minAvailable : Math.ceil(part * from.minAvailable - HALF);
}

/** What rounding may cost. */
const HALF = 0.5;

/**
 * How many evicted pods may be missing at once. A budget keeps so many healthy at the time that it is counted; but it may have been
 * counted when the surge was there too, and be used up when the old pods have gone. Where a pod is healthy for the budget before it
 * is available, the successor of an evicted pod lets the next one be evicted.
 */
function evictionsAtOnce({ model }: Setting, min: number, max: number): number {
  const { strategy, budget, evictions, minReadySeconds } = model;
  if (budget === undefined || minReadySeconds > 0) {
    return evictions;
  }
  const surge = strategy.kind === 'rollingUpdate' ? rollingLimits(max, strategy).maxSurge : 0;
  const most = strategy.kind === 'switchOver' ? 3 * max : max + surge;
  return Math.min(evictions, Math.max(0, most - healthyWanted(model, min)));
}
