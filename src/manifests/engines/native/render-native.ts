import type { Planned } from '../../../plan/planned-service';
import type { PlannedAbTest, PlannedBlueGreen, PlannedCanary } from '../../../plan/rollout/planned-rollout';
import type { EngineManifests } from '../engine-manifests';

/** Renders a service that is released by this engine. */
export function renderNative(_planned: Planned, _rollout: PlannedCanary | PlannedAbTest | PlannedBlueGreen): EngineManifests {
  throw new Error('not made yet');
}
