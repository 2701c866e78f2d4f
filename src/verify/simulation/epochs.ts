import type { Pod } from './pod';
import type { Flip, WayView } from './way-view';

/** A stretch during which one way sends requests to the same pods; milliseconds, the end is not part of it. */
export interface Epoch {
  readonly from: number;
  readonly to: number;
  readonly endpoints: readonly Pod[];
}

/** What one way sends requests to from one moment to another. */
export function epochsOf(view: WayView, index: number, pods: readonly Pod[], from: number, to: number): readonly Epoch[] {
  const moments = new Set([from, to]);
  const note = (moment: number) => moment > from && moment < to && moments.add(moment);
  view.flips.forEach(({ at }) => note(at));
  pods.forEach(({ sights }) => {
    const { attachAt, detachAt, forgottenAt } = sights[index];
    [attachAt, detachAt, forgottenAt].forEach(note);
  });
  const sorted = [...moments].sort((one, other) => one - other);
  return sorted.slice(0, -1).map((moment, position) => ({
    from: moment,
    to: sorted[position + 1],
    endpoints: endpointsAt(view, index, pods, moment),
  }));
}

/** The epoch of a moment, which must lie in one of them. */
export function epochAt(epochs: readonly Epoch[], moment: number): Epoch {
  let first = 0;
  let last = epochs.length - 1;
  while (first < last) {
    const middle = Math.floor((first + last) / 2);
    if (epochs[middle].to <= moment) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  return epochs[first];
}

function endpointsAt({ way, flips }: WayView, index: number, pods: readonly Pod[], moment: number): readonly Pod[] {
  const version = versionAt(flips, moment);
  const routed = pods.filter((pod) => version === undefined || pod.version === version);
  const current = routed.filter(({ sights }) => sights[index].attachAt <= moment && moment < sights[index].detachAt);
  if (current.length > 0 || !way.fallsBackToTerminating) {
    return current;
  }
  return routed.filter(({ readyAt, deletedAt, sights }) =>
    readyAt <= deletedAt && sights[index].detachAt <= moment && moment < sights[index].forgottenAt);
}

/** Only a switch-over tells versions apart. */
function versionAt(flips: readonly Flip[], moment: number): number | undefined {
  return flips.filter(({ at }) => at <= moment).at(-1)?.version;
}
