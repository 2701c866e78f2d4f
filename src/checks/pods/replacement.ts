import { resolvedRollingUpdate } from '../../cluster/count';
import type { Workload } from '../../cluster/workload';
import type { RuleContext } from '../rule';

/** Whether a release waits for a new pod to be ready before it takes an old one away, so that both must be able to run at once. */
export function needsNewPodFirst({ relations, assumptionsOf }: RuleContext, workload: Workload): boolean {
  const { kind, strategy } = workload;
  if (strategy.type === 'Recreate' || strategy.type === 'OnDelete' || kind === 'StatefulSet') {
    return false;
  }
  if (strategy.type === 'blueGreen') {
    return true;
  }
  const pods = kind === 'DaemonSet' ? assumptionsOf(workload).numberOf('nodes') : relations.replicasOf(workload).min;
  const { surge, unavailable } = resolvedRollingUpdate(strategy, pods);
  return surge > 0 && unavailable === 0;
}
