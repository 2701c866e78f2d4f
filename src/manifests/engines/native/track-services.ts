import { hasAlb, NativeRollout } from './native-rollout';
import { type Track, trackLabelOf, variantOf } from './track';
import type { Planned } from '../../../plan/planned-service';
import type { PlannedClusterInternal } from '../../../plan/traffic/planned-traffic';
import type { Rendered } from '../../manifest';
import { renderService } from '../../service';
import { renderDestinationRule } from '../../traffic/destination-rule';

/** Renders what stays the same while traffic moves: it must be there before any pod that it leads to. */
export function renderTrackServices(planned: Planned, rollout: NativeRollout): Rendered[] {
  const tracks: Track[] = rollout.kind === 'blueGreen' ? (hasAlb(rollout) ? ['blue', 'green'] : []) : ['stable', 'canary'];
  return [
    // It selects both versions: who calls without a router reaches each by its number of pods.
    ...(rollout.kind === 'blueGreen' ? [] : [{ id: 'service', manifest: renderService(planned, internalOf(planned)) }]),
    ...tracks.map((track) => ({ id: `service-${track}`, manifest: renderService(planned, internalOf(planned), variantOf(planned, track)) })),
    ...renderDestinationRules(planned, rollout),
  ];
}

/** Services that select one colour alone: selecting the other is how all traffic moves. */
export function renderColourServices(planned: Planned, live: Track, preview: Track): Rendered[] {
  const labels = trackLabelOf(live);
  return [
    { id: 'service', manifest: renderService(planned, internalOf(planned), { labels }) },
    renderPreviewService(planned, preview),
  ];
}

/** The Service by which a version is tried before it is live. */
export function renderPreviewService(planned: Planned, track: Track): Rendered {
  const variant = { name: `${planned.spec.name}-preview`, labels: trackLabelOf(track) };
  return { id: 'service-preview', manifest: renderService(planned, internalOf(planned), variant) };
}

function renderDestinationRules(planned: Planned, rollout: NativeRollout): Rendered[] {
  const subsets = rollout.kind === 'blueGreen' ? undefined
    : (['stable', 'canary'] as const).map((track) => ({ name: track, labels: trackLabelOf(track) }));
  return planned.traffic.flatMap((traffic) => traffic.kind !== 'istio' ? []
    : [{ id: 'destination-rule', manifest: renderDestinationRule(planned, traffic, { subsets }) }]);
}

function internalOf({ traffic }: Planned): PlannedClusterInternal {
  return traffic.find((path): path is PlannedClusterInternal => path.kind === 'clusterInternal')!;
}
