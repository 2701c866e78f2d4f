import { podsOf } from '../../cluster/count';
import type { Budget } from '../workload-model';

/**
 * How many pods a PodDisruptionBudget wants healthy, where the controllers of its pods ask for so many replicas. Both kinds of
 * percentage are rounded up: of `maxUnavailable` that allows more, of `minAvailable` less.
 */
export function desiredHealthy(budget: Budget, expectedPods: number): number {
  return 'minAvailable' in budget
    ? podsOf(budget.minAvailable, expectedPods, 'up')
    : Math.max(0, expectedPods - podsOf(budget.maxUnavailable, expectedPods, 'up'));
}

/** How many evictions a PodDisruptionBudget allows at once. Healthy are pods that are ready, whether or not yet available. */
export function disruptionsAllowed(budget: Budget, expectedPods: number, currentHealthy: number): number {
  return expectedPods <= 0 ? 0 : Math.max(0, currentHealthy - desiredHealthy(budget, expectedPods));
}
