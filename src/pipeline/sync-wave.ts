/** The annotation by which Argo CD orders what it applies. */
export const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';

/**
 * Argo CD applies one wave after another, and waits until each but the last is healthy. Within a wave it goes by kind, which puts
 * Deployments before Ingresses, and all kinds that Kubernetes does not know by name last and in no order among themselves: a
 * VirtualService, its DestinationRule and the Rollout of one name. So what leads to pods needs a wave of its own.
 *
 * The last wave is the one with the pods: Argo CD does not wait for it, so that a canary of hours holds back no other change. What
 * scales the pods is in it too, because it is unhealthy until they are there, and a wave that fails ends a sync.
 * @see https://github.com/argoproj/argo-cd/blob/master/gitops-engine/pkg/sync/sync_tasks.go
 */
const WAVES: Readonly<Record<string, number>> = {
  DestinationRule: -1,
  PodDisruptionBudget: 1,
  Deployment: 1,
  Rollout: 1,
  HorizontalPodAutoscaler: 1,
  ScaledObject: 1,
  Canary: 1,
};

/** The wave of an object, or nothing where it is the one that objects are in anyway. */
export function syncWaveOf(kind: string): string | undefined {
  return kind in WAVES ? String(WAVES[kind]) : undefined;
}
