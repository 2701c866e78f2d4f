import type { PlannedConfigMap } from '../../plan/config-maps';
import type { Planned } from '../../plan/planned-service';
import { renderConfigMap } from '../config-map';
import type { Manifest } from '../manifest';

/** The ids of ConfigMaps that hold scripts, which no declaration names. */
export const SCRIPT_IDS: ReadonlySet<string> = new Set(['migrations', 'schema-wait']);

/**
 * Scripts as an object that never changes. Flux would take what begins with a dollar sign for a variable of its own, and put nothing in its
 * place; Argo CD makes it before the Job that reads it.
 */
export function renderScriptConfigMap(planned: Planned, configMap: PlannedConfigMap): Manifest {
  const manifest = renderConfigMap(planned, configMap);
  const annotations = {
    ...manifest.metadata.annotations, 'argocd.argoproj.io/sync-wave': '-2', 'kustomize.toolkit.fluxcd.io/substitute': 'disabled',
  };
  return { ...manifest, metadata: { ...manifest.metadata, annotations } };
}
