import type { Count } from '../workload-model';

/** Which way Kubernetes rounds a percentage of pods: each field has a way of its own. */
export type Rounding = 'up' | 'down';

/** How many pods a number or percentage stands for at so many replicas. */
export function podsOf(count: Count, replicas: number, rounding: Rounding): number {
  if (typeof count === 'number') {
    return count;
  }
  // The product of two whole numbers, divided once: dividing first would round 29 % of 100 up to 30.
  const pods = Number(count.slice(0, -1)) * replicas / 100;
  return rounding === 'up' ? Math.ceil(pods) : Math.floor(pods);
}
