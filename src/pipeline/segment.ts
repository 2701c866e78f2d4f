/** What a pipeline does for one step of a release without a controller. */
export interface NativeStep {
  readonly id: string;
  /** What the step is for, in words. */
  readonly title: string;
  /** The ConfigMap of the analysis that must pass. */
  readonly analysis?: string;
  /** How long is waited after the step and its analysis, in seconds. */
  readonly rest: number;
}

/** One part of a release, up to an approval or to its end. */
export interface Segment {
  /** Where somebody is waited for: the index of a Rollout's step, its switch, or the id of a step. Absent of the last part. */
  readonly pausesAt?: string;
  /** Without a controller: what the pipeline does itself. */
  readonly steps?: readonly NativeStep[];
}
