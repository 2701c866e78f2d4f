import type { Planned } from '../../plan/planned-service';
import type { PlannedCanary } from '../../plan/rollout/planned-rollout';

/** Two are the fewest of which an eviction leaves one, and without any the canary's share would be answered with errors. */
function fewestOf({ capacity }: Planned): number {
  return capacity.disrupted === undefined ? 1 : 2;
}

/**
 * The canary's pods at a share.
 *
 * Behind a router, as many as the share needs at the most replicas: how many there will be is unknown to whoever writes manifests.
 * Without one the pods are the share: c of R + c pods are W % where c = R × W ÷ (100 − W), at the fewest replicas R, because at more it
 * would be a larger share than was asked for whenever there are fewer.
 */
export function canaryPodsAt(planned: Planned, { routers }: PlannedCanary, { weight, pods }: { weight: number; pods: number }): number {
  const { fewest, most } = planned.capacity;
  const isShare = routers.length === 0 && fewest.value < most.value;
  return Math.max(fewestOf(planned), isShare ? Math.round(fewest.value * weight / (100 - weight)) : pods);
}

/** The canary's pods for some requests, whatever its share: copies take as much as the requests themselves. */
export function canaryPodsFor(planned: Planned, percent: number): number {
  return Math.max(fewestOf(planned), Math.ceil(planned.capacity.most.value * percent / 100));
}
