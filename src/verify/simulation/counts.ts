import type { Budget, Count } from '../workload-model';

function resolve(count: Count, replicas: number, round: (pods: number) => number): number {
  return typeof count === 'number' ? count : round(Number.parseFloat(count) * replicas / 100);
}

/** Deployment: a surge rounds up, unavailable pods round down, and where both come to nothing one pod may be unavailable. */
export function rollingCounts(maxSurge: Count, maxUnavailable: Count, replicas: number): { readonly surge: number; readonly unavailable: number } {
  const surge = resolve(maxSurge, replicas, Math.ceil);
  const unavailable = Math.min(replicas, resolve(maxUnavailable, replicas, Math.floor));
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

/** StatefulSet: rounds down, but to one at the least. */
export function statefulUnavailable(maxUnavailable: Count, replicas: number): number {
  return Math.max(1, resolve(maxUnavailable, replicas, Math.floor));
}

/** PodDisruptionBudget: how many pods must stay healthy. Both fields round up. */
export function desiredHealthy(budget: Budget | undefined, replicas: number): number {
  if (!budget) {
    return 0;
  }
  return 'minAvailable' in budget
    ? resolve(budget.minAvailable, replicas, Math.ceil)
    : Math.max(0, replicas - resolve(budget.maxUnavailable, replicas, Math.ceil));
}
