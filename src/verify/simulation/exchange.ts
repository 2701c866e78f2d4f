import { milliseconds } from './delays';
import type { Pod } from './pod';
import type { Random } from './random';
import type { Loss } from './tally';
import type { WayIn } from '../workload-model';

/** How long requests last: all alike, or anything up to the longest that must not be cut. */
export type RequestSeconds = number | 'upToLongest';

/** Draws how long a request lasts, in milliseconds. Where anything may come, the longest and very short ones come often. */
export function drawLength(requestSeconds: RequestSeconds, longestRequestSeconds: number, random: Random): number {
  if (requestSeconds !== 'upToLongest') {
    return milliseconds(requestSeconds);
  }
  const longest = milliseconds(longestRequestSeconds);
  const kind = random.unit();
  return kind < 0.25 ? longest : random.between(0, kind < 0.5 ? Math.min(longest, 50) : longest);
}

/** What becomes of a request that opens a connection to a pod, if it is lost. */
export function loseOpening(pod: Pod, way: WayIn, index: number, at: number, length: number): Loss | undefined {
  return at < pod.acceptsAt || at >= pod.stopsAcceptingAt
    ? { at, reason: 'refused', pod }
    : loseInFlight(pod, way, index, at + length);
}

/** When a load balancer cuts what it still has with a pod. */
export function balancerCutAt(pod: Pod, { cutsAfterSeconds }: WayIn, index: number): number {
  return cutsAfterSeconds === undefined ? Infinity : pod.sights[index].detachAt + milliseconds(cutsAfterSeconds);
}

/** What becomes of a request in flight on a pod until a moment, if it is lost. */
export function loseInFlight(pod: Pod, way: WayIn, index: number, until: number): Loss | undefined {
  const balancerCutsAt = balancerCutAt(pod, way, index);
  if (until <= Math.min(pod.cutAt, balancerCutsAt)) {
    return undefined;
  }
  return balancerCutsAt < pod.cutAt
    ? { at: balancerCutsAt, reason: 'loadBalancerCut', pod }
    : { at: pod.cutAt, reason: 'cut', pod };
}
