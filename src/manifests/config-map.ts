import { Manifest, metadataOf } from './manifest';
import type { PlannedConfigMap } from '../plan/config-maps';
import type { Planned } from '../plan/planned-service';

/** Renders a ConfigMap that never changes: another content is another object. */
export function renderConfigMap(planned: Planned, configMap: PlannedConfigMap): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    // Argo CD would prune the old one before the last old pod is gone, which may be restarted until then.
    metadata: metadataOf(planned, { 'argocd.argoproj.io/sync-options': 'PruneLast=true' }, { name: configMap.name }),
    immutable: true,
    data: { ...configMap.data },
  };
}
