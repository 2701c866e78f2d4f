import { podsOf, resolvedRollingUpdate } from '../../cluster/count';
import type { Workload } from '../../cluster/workload';

/** The pods that a release adds, and those that it takes away, at one time. */
export interface ReleaseStep {
  readonly surge: number;
  readonly unavailable: number;
}

/** The release since which a StatefulSet minds maxUnavailable (the gate MaxUnavailableStatefulSet is on). */
const STATEFUL_SET_MAX_UNAVAILABLE = 35;

/** Whether an Argo Rollout shifts requests by weight; maxSurge and maxUnavailable then decide nothing. */
export function hasTrafficRouting(workload: Workload): boolean {
  return workload.kind === 'Rollout' && workload.field.get('spec', 'strategy', 'canary', 'trafficRouting').exists;
}

/** What a release of a workload of so many pods does at one time; nothing where no bounds decide it. */
export function releaseStepOf(workload: Workload, pods: number, kubernetesMinor: number): ReleaseStep | undefined {
  const { kind, strategy } = workload;
  if (strategy.type !== 'RollingUpdate' && strategy.type !== 'canary') {
    return undefined;
  }
  switch (kind) {
    case 'Deployment': return resolvedRollingUpdate(strategy, pods);
    case 'Rollout': return hasTrafficRouting(workload) ? undefined : resolvedRollingUpdate(strategy, pods);
    case 'StatefulSet': return statefulSetStep(workload, pods, kubernetesMinor);
    case 'DaemonSet': return { surge: podsOf(strategy.maxSurge, pods, 'up'), unavailable: Math.min(pods, podsOf(strategy.maxUnavailable, pods, 'up')) };
  }
}

function statefulSetStep({ strategy }: Workload, pods: number, kubernetesMinor: number): ReleaseStep | undefined {
  const partition = strategy.field.get('rollingUpdate', 'partition').integer() ?? 0;
  const unavailable = kubernetesMinor < STATEFUL_SET_MAX_UNAVAILABLE ? 1 : Math.max(1, podsOf(strategy.maxUnavailable, pods, 'up'));
  const changed = Math.min(unavailable, pods - partition);
  return changed > 0 ? { surge: 0, unavailable: changed } : undefined;
}
