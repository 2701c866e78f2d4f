import { Manifest, metadataOf, selectorOf } from './manifest';
import type { Planned } from '../plan/planned-service';

/** Renders the disruption budget: how many pods evictions may take away at a time. */
export function renderPodDisruptionBudget(planned: Planned, maxUnavailable: number): Manifest {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadataOf(planned),
    spec: {
      selector: { matchLabels: selectorOf(planned) },
      maxUnavailable,
      // A pod that does not serve anyway must not keep a node from being drained.
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  };
}
