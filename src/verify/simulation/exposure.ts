import { milliseconds } from './delays';
import type { Epoch } from './epochs';
import { balancerCutAt, loseInFlight } from './exchange';
import type { Pod } from './pod';
import type { LossReason } from './tally';
import type { WayIn, WorkloadModel } from '../workload-model';

/**
 * In which ways a request could have been lost in a run, had one come at the worst moment and lasted as long as it may. Sampled requests
 * miss gaps of milliseconds, this does not. The races of closing kept connections are left out: they need no gap.
 */
export function exposureOf(model: WorkloadModel, way: WayIn, index: number, epochs: readonly Epoch[]): readonly LossReason[] {
  const longest = milliseconds(model.longestRequestSeconds);
  const found = new Set<LossReason>();
  for (const { from, to, endpoints } of epochs) {
    if (endpoints.length === 0) {
      found.add('noEndpoint');
    }
    for (const pod of endpoints) {
      if (from < pod.acceptsAt || to > pod.stopsAcceptingAt) {
        found.add('refused');
      }
      const last = Math.min(lastSent(pod, way, to), balancerCutAt(pod, way, index));
      const loss = last >= Math.max(from, pod.acceptsAt) ? loseInFlight(pod, way, index, last + longest) : undefined;
      if (loss) {
        found.add(loss.reason);
      }
    }
  }
  return [...found].sort();
}

/** The last millisecond in which a pod can take a request: clients send on connections that they keep after they have been told. */
function lastSent({ closesAt }: Pod, { keptBy }: WayIn, to: number): number {
  return (keptBy === 'client' && closesAt < Infinity ? closesAt : Math.min(to, closesAt)) - 1;
}
