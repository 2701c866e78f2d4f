import type { NativeRollout } from './native-rollout';
import { type Track, variantOf } from './track';
import type { Planned } from '../../../plan/planned-service';
import { renderDeployment } from '../../deployment';
import type { Rendered } from '../../manifest';
import { renderPodDisruptionBudget } from '../../pod-disruption-budget';

/** Renders the pods of one version. Where something else scales them, without a number. A Deployment's own pods are replaced one by one. */
export function renderTrackDeployment(planned: Planned, rollout: NativeRollout, track: Track, replicas: number | undefined): Rendered {
  const variant = { ...variantOf(planned, track), replicas, rollingUpdate: rollout.rollingUpdate! };
  return { id: `deployment-${track}`, manifest: renderDeployment(planned, variant) };
}

/**
 * Renders the budget of one version's pods. Each version has its own: pods of a faulty one would otherwise use up the budget of
 * those that serve. Of fewer pods than the service has, fewer may be taken away, but always one: drains must come to an end.
 */
export function renderTrackBudget(planned: Planned, track: Track, pods = planned.capacity.fewest.value): Rendered[] {
  const { disrupted, fewest } = planned.capacity;
  // A service of one pod has no budget, and the other version beside it may have many.
  const evictable = disrupted?.value ?? (pods > 1 ? 1 : undefined);
  if (evictable === undefined) {
    return [];
  }
  // The stable track keeps the budget's name that the service has under every other way of releasing.
  const { name, labels } = variantOf(planned, track);
  const variant = { name: track === 'stable' ? planned.spec.name : name, labels };
  const most = Math.max(1, Math.min(evictable, Math.floor(evictable * pods / fewest.value)));
  const id = track === 'stable' ? 'disruption-budget' : `disruption-budget-${track}`;
  return [{ id, manifest: renderPodDisruptionBudget(planned, most, variant) }];
}
