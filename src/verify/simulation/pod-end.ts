import { Delays, milliseconds } from './delays';
import type { Pod } from './pod';
import type { WorkloadModel } from '../workload-model';

/** What the kubelet leaves a program at the least, whatever its hook has left of the grace period. */
const LEAST_AFTER_SIGTERM = 2000;

/** Writes down how a pod ends that is deleted now. */
export function end(pod: Pod, { termination, longestRequestSeconds }: WorkloadModel, delays: Delays, now: number): void {
  const late = (name: string) => delays.draw(name, { atLeast: 0, atMost: termination.kubeletSeconds });
  const grace = milliseconds(termination.gracePeriodSeconds);
  const sigterm = Math.min(delays.draw('preStop', termination.preStop), grace) + late('SIGTERM');
  const sigkill = Math.max(grace, sigterm + LEAST_AFTER_SIGTERM) + late('SIGKILL');
  const proxyLate = termination.proxy ? late('proxy') : 0;
  const proxyAccepts = termination.proxy ? milliseconds(termination.proxy.acceptsSeconds) + proxyLate : Infinity;
  const proxyEnds = termination.proxy ? milliseconds(termination.proxy.endsSeconds) + proxyLate : Infinity;
  const drains = termination.shutdown === 'drains';
  const drained = sigterm + (drains ? milliseconds(termination.drainSeconds) : 0);
  pod.deletedAt = now;
  pod.sigtermAt = now + sigterm;
  pod.stopsAcceptingAt = now + Math.min(sigterm, proxyAccepts, proxyEnds);
  pod.closesAt = now + Math.min(sigterm, proxyEnds);
  pod.cutAt = now + Math.min(drained, sigkill, proxyEnds);
  // A program exits when it has finished, whatever that was: which requests are sampled afterwards does not decide it.
  const busy = { atLeast: 0, atMost: drains ? Math.min(termination.drainSeconds, longestRequestSeconds) : 0 };
  const exits = Math.min(sigterm + delays.draw('drain', busy), sigkill);
  pod.goneAt = now + Math.max(exits, termination.proxy ? Math.min(proxyEnds, sigkill) : 0);
}
