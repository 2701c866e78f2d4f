import { type ArgoRolloutsSpec, type EngineSpec, VersionAntiAffinity } from '../../../spec/rollout/rollout-engine';

/** The settings of Argo Rollouts, which is the engine of whatever is rendered here. */
export function settingsOf(engine: EngineSpec): ArgoRolloutsSpec {
  if (engine.kind !== 'argoRollouts') {
    throw new Error(`engine ${engine.kind} is not Argo Rollouts`);
  }
  return engine;
}

/** Renders which pods may share a node. Weights of preferences go up to 100. */
export function renderAntiAffinity({ antiAffinity }: ArgoRolloutsSpec) {
  switch (antiAffinity) {
    case undefined: return undefined;
    case VersionAntiAffinity.PREFERRED: return { preferredDuringSchedulingIgnoredDuringExecution: { weight: 100 } };
    case VersionAntiAffinity.REQUIRED: return { requiredDuringSchedulingIgnoredDuringExecution: {} };
  }
}
