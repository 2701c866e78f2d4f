import type { Track } from './track';
import type { PlannedAbTest, PlannedBlueGreen, PlannedCanary } from '../../../plan/rollout/planned-rollout';
import { Colour } from '../../../spec/rollout/rollout-engine';

/** A release in which traffic moves from one version to another. */
export type NativeRollout = PlannedCanary | PlannedAbTest | PlannedBlueGreen;

/** The tracks of the two versions of a release. */
export interface Tracks {
  /** The version that is being released. */
  readonly next: Track;
  /** The version before it. */
  readonly last: Track;
}

/** Which track has which version. A canary that has proved itself leaves its place: its version moves to the stable track. */
export function tracksOf(rollout: NativeRollout): Tracks {
  if (rollout.kind !== 'blueGreen') {
    return { next: 'canary', last: 'stable' };
  }
  return rollout.live === Colour.GREEN ? { next: 'green', last: 'blue' } : { next: 'blue', last: 'green' };
}

/** The track that takes all traffic between releases. */
export function steadyTrackOf(rollout: NativeRollout): Track {
  return rollout.kind === 'blueGreen' ? tracksOf(rollout).next : 'stable';
}

/** Whether the load balancer divides requests between target groups. */
export function hasAlb({ routers }: NativeRollout): boolean {
  return routers.includes('awsLoadBalancer');
}
