import type { Duration } from 'cdk8s';

/** Which regions go back to the version before where a region's release or bake fails. */
export enum RegionRollback {
  /** The failed region, and then those before it, the latest first: a version that fails anywhere serves nowhere. */
  ALL_RELEASED = 'ALL_RELEASED',
  /** The failed region alone: the others stay on the new version until somebody decides. */
  FAILED_ONLY = 'FAILED_ONLY',
}

/** A region of a sequence: a cluster of its own. */
export interface ReleaseRegion {
  /** Its name: at most 63 lower-case letters, digits or `-`, less what the sequence's id takes. */
  readonly name: string;

  /**
   * The context of the kubeconfig that leads to its cluster: at most 253 letters, digits or any of `. _ : / @ + = -`, beginning with a
   * letter or digit.
   * @default - the region's name
   */
  readonly context?: string;

  /**
   * How long the new version serves this region before the next one begins, from 1 second to 7 days, and no shorter than what the
   * region's services need: see `RegionSequence`.
   * @default - the sequence's
   */
  readonly bakeTime?: Duration;
}

/** Settings of a sequence of regions. */
export interface RegionSequenceProps {
  /** The regions in the order of their releases, at least two; the first is best the one with the fewest users. */
  readonly regions: ReleaseRegion[];

  /**
   * The namespace of the regions' charts and of the index.
   * @default - none: that of each object, or of the context
   */
  readonly namespace?: string;

  /**
   * How long the new version serves a region before the next one begins, from 1 second to 7 days, and no shorter than what the
   * services of a region need: see `RegionSequence`.
   * @default - 10 minutes, or as long as the region's services need
   */
  readonly bakeTime?: Duration;

  /**
   * Which regions go back to the version before where a region's release or bake fails. No further region begins in any case.
   * @default RegionRollback.ALL_RELEASED
   */
  readonly rollback?: RegionRollback;
}
