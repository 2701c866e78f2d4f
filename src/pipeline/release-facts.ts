import { nativeSegments } from './native-segments';
import { pausesOf } from './pauses';
import { type TimeBound, timeOf } from './release-time';
import type { Segment } from './segment';
import { steadyTrackOf, tracksOf } from '../manifests/engines/native/native-rollout';
import { trackNameOf } from '../manifests/engines/native/track';
import { ownedFieldsOf } from '../manifests/engines/owned-fields';
import type { OwnedFields } from '../manifests/engines/owned-object';
import type { Planned } from '../plan/planned-service';

/** What moves a service's traffic, `rolling` where Kubernetes alone does. */
export type EngineName = 'rolling' | 'argoRollouts' | 'flagger' | 'native';

/** What a pipeline must know of a service. Small, because an app may hold thousands of services. */
export interface ReleaseFacts {
  readonly name: string;
  readonly namespace?: string;
  readonly engine: EngineName;
  /** What must be there already for a release to have something to begin with. */
  readonly workload: string;
  /** What runs the pods between releases. */
  readonly steady: string;
  /** Whether the Rollout takes its pod template from the Deployment of the same name. */
  readonly hasTemplateElsewhere: boolean;
  /** In seconds. */
  readonly progressDeadline: number;
  /** How often Flagger looks at a release, in seconds. */
  readonly interval?: number;
  /** The longest time that a whole release takes, apart from approvals. */
  readonly time: TimeBound;
  readonly segments: readonly Segment[];
  readonly ownedFields: readonly OwnedFields[];
}

/** Takes from the plan what a pipeline must know. */
export function releaseFactsOf(planned: Planned): ReleaseFacts {
  const { spec: { name, namespace }, rollout, availability } = planned;
  const engine = rollout.kind === 'rolling' ? 'rolling' : rollout.engine.kind;
  return {
    name,
    namespace,
    engine,
    workload: rollout.kind !== 'rolling' && engine === 'native' ? trackNameOf(planned, tracksOf(rollout).last) : name,
    steady: rollout.kind !== 'rolling' && engine === 'native' ? trackNameOf(planned, steadyTrackOf(rollout)) : name,
    hasTemplateElsewhere: rollout.kind !== 'rolling' && rollout.engine.kind === 'argoRollouts' && rollout.engine.takeOver !== undefined,
    progressDeadline: availability.progressDeadline.value,
    interval: rollout.kind === 'rolling' ? undefined : rollout.loop?.interval,
    time: timeOf(planned),
    segments: engine === 'native' ? nativeSegments(planned) : [...pausesOf(planned).map((pausesAt) => ({ pausesAt })), {}],
    ownedFields: ownedFieldsOf(planned),
  };
}
