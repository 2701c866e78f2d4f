import type { Planned } from '../../../plan/planned-service';
import type { Variant } from '../../manifest';

/** The place of one version: a Deployment, a disruption budget and a Service of its own. */
export type Track = 'stable' | 'canary' | 'blue' | 'green';

/** The label by which the pods of one version are told from those of the other. */
export const TRACK_LABEL = 'zero-downtime/track';

/** The name of a track's own objects. */
export function trackNameOf({ spec }: Planned, track: Track): string {
  return `${spec.name}-${track}`;
}

/** The label of a track's pods, by which they are selected. */
export function trackLabelOf(track: Track): Record<string, string> {
  return { [TRACK_LABEL]: track };
}

/** An object of a track's own. */
export function variantOf(planned: Planned, track: Track): Variant {
  return { name: trackNameOf(planned, track), labels: trackLabelOf(track) };
}
