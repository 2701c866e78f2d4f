import { renderColourRoutes } from './colour-routes';
import { type NativeRollout, steadyTrackOf } from './native-rollout';
import { ALL_STABLE, cookieSecondsOf } from './split';
import { renderSplitRoutes } from './split-routes';
import type { Track } from './track';
import { renderTrackAutoscaler } from './track-autoscaler';
import { renderTrackServices } from './track-services';
import { renderTrackBudget, renderTrackDeployment } from './track-workload';
import type { Planned } from '../../../plan/planned-service';
import { replicasOf } from '../../deployment';
import type { Rendered } from '../../manifest';
import type { EngineManifests } from '../engine-manifests';

/**
 * Renders what a service without a controller is between releases: one version's pods, and all that is shared. The steps of a
 * release are other manifests, which end at these.
 */
export function renderNative(planned: Planned, rollout: NativeRollout): EngineManifests {
  const track = steadyTrackOf(rollout);
  return {
    traffic: [...renderTrackServices(planned, rollout), ...renderSteadyRoutes(planned, rollout)],
    budgets: renderTrackBudget(planned, track).map(under('disruption-budget')),
    workloads: [renderTrackDeployment(planned, rollout, track, replicasOf(planned))],
    autoscalers: renderTrackAutoscaler(planned, track, { kind: 'free' }).map(under('autoscaler')),
  };
}

/** Renders the routes that lead everything to the version that stays; of two colours, to one of them. */
export function renderSteadyRoutes(planned: Planned, rollout: NativeRollout, track: Track = steadyTrackOf(rollout)): Rendered[] {
  return rollout.kind === 'blueGreen'
    ? renderColourRoutes(planned, track, track)
    : renderSplitRoutes(planned, ALL_STABLE, cookieSecondsOf(rollout));
}

/** Between releases there is one of each, whichever track it is of. */
function under(id: string): (rendered: Rendered) => Rendered {
  return ({ manifest }) => ({ id, manifest });
}
