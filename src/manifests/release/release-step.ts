import type { Rendered } from '../manifest';

/** What must hold before the next step is applied. Times count from the moment at which the step was applied. */
export type Wait =
  /** Every pod of a Deployment is of the applied template and available; of those that something else scales, at least so many. */
  | { readonly kind: 'available'; readonly deployment: string; readonly replicas?: number }
  | { readonly kind: 'seconds'; readonly seconds: number; readonly because: string }
  /** The analysis of this ConfigMap passes; where it does not, the way back is to be taken. */
  | { readonly kind: 'analysis'; readonly configMap: string }
  /** Somebody approves. */
  | { readonly kind: 'approval' };

/** Objects that are applied together. Each is whole, and applying them again changes nothing. */
export interface ReleaseStep {
  /** Unique among the steps of a release, and a contract: files are named by it. */
  readonly id: string;
  readonly title: string;
  /** All of these, before the next step. */
  readonly waitFor: readonly Wait[];
  readonly manifests: readonly Rendered[];
}

/** A release without a controller. */
export interface ReleaseSteps {
  /** In the order in which they are applied. */
  readonly forward: readonly ReleaseStep[];
  /** The way back, from any step until the one named by `noReturnFrom`. */
  readonly rollback: readonly ReleaseStep[];
  /** The first step after which the way back no longer leads to the version before: from there, that version is released anew. */
  readonly noReturnFrom: string;
}
