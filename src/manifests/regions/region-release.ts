/** How the end of one service's release is seen in its cluster. */
export interface ReleaseWait {
  readonly service: string;
  readonly namespace?: string;
  readonly engine: 'kubernetes' | 'argoRollouts' | 'flagger' | 'native';
  /** The object that is looked at. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Where in it, as `kubectl get -o jsonpath` takes it. */
  readonly jsonPath: string;
  /** What stands there once the release has ended well. */
  readonly completed: readonly string[];
  /** What stands there once it has failed. */
  readonly failed: readonly string[];
  /** Whether `status.observedGeneration` must equal `metadata.generation` first: until then the status is of the release before. */
  readonly sameGeneration?: true;
  /**
   * The object that holds the pod template of a Rollout that has none itself: `status.workloadObservedGeneration` of the Rollout must
   * equal its `metadata.generation` too, because another template leaves the Rollout's own generation as it was.
   */
  readonly workload?: { readonly apiVersion: string; readonly kind: string; readonly name: string };
  /** The seconds since the file was applied until which the status may be of the release before, where no generation tells. */
  readonly afterSeconds?: number;
}

/** The release of one service in one region. */
export interface RegionRelease {
  readonly waitFor: ReleaseWait;
  /** The index of the steps that are taken before the file is applied, where no controller takes them. */
  readonly steps?: string;
}

type Seen = Pick<ReleaseWait, 'jsonPath' | 'completed' | 'failed'>;

/** The reasons of a Deployment's condition by which `kubectl rollout status` too knows a deadline that has passed. */
export const SEEN_IN_DEPLOYMENT: Seen = {
  jsonPath: '{.status.conditions[?(@.type=="Progressing")].reason}', completed: ['NewReplicaSetAvailable'], failed: ['ProgressDeadlineExceeded'],
};

/** An aborted Rollout is Degraded, as is one whose deadline has passed. */
export const SEEN_IN_ROLLOUT: Seen = { jsonPath: '{.status.phase}', completed: ['Healthy'], failed: ['Degraded'] };

/** A Canary that has seen no other version than its first is never more than Initialized. */
export const SEEN_IN_CANARY: Seen = { jsonPath: '{.status.phase}', completed: ['Succeeded', 'Initialized'], failed: ['Failed'] };
