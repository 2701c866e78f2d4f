import { Manifest, metadataOf, selectorOf, Variant } from './manifest';
import type { Planned } from '../plan/planned-service';

/** Renders the disruption budget: how many pods evictions may take away at a time. */
export function renderPodDisruptionBudget(planned: Planned, maxUnavailable: number, variant: Variant = {}): Manifest {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadataOf(planned, {}, variant),
    spec: {
      selector: { matchLabels: selectorOf(planned, variant) },
      maxUnavailable,
      // A pod that does not serve anyway must not keep a node from being drained.
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  };
}
