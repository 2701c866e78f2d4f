import { renderArgoRollouts } from './argo-rollouts/render-argo-rollouts';
import type { EngineManifests } from './engine-manifests';
import { renderFlagger } from './flagger/render-flagger';
import { renderNative } from './native/render-native';
import { renderRolling } from './rolling';
import type { Planned } from '../../plan/planned-service';

/** Renders what the declared engine needs. */
export function renderEngine(planned: Planned): EngineManifests {
  const { rollout } = planned;
  if (rollout.kind === 'rolling') {
    return renderRolling(planned, rollout);
  }
  switch (rollout.engine.kind) {
    case 'argoRollouts': return renderArgoRollouts(planned, rollout);
    case 'flagger': return renderFlagger(planned, rollout);
    case 'native': return renderNative(planned, rollout);
  }
}
