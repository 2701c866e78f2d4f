/** What a pod, or a way in, is in during a span. */
export type LaneState =
  | 'starting' | 'ready' | 'terminating' | 'draining' | 'stopped' // a pod
  | 'routed'; // a way in sends requests to it

/** A stretch of a lane. */
export interface Span {
  readonly state: LaneState;
  readonly from: number;
  readonly to: number;
}

/** A pod, or a pod as one way in sees it. */
export interface Lane {
  /** For example `old pod 1` or `awsLoadBalancer → old pod 1`. */
  readonly label: string;
  readonly spans: readonly Span[];
}

/** Something that happens. */
export interface TimelineEvent {
  readonly at: number;
  /** One clause, for example `old pod 1 is deleted`. */
  readonly what: string;
}

/** What happens, in order, until a request is lost (or, of a release that holds, until it is over). */
export interface Timeline {
  readonly title: string;
  /** `steps` where only the order is known. */
  readonly unit: 'seconds' | 'steps';
  readonly lanes: readonly Lane[];
  readonly events: readonly TimelineEvent[];
  /** The request that is lost: when, in which lane (its label), and why. */
  readonly lost?: { readonly at: number; readonly lane: string; readonly why: string };
  /** Which number to change, and to what. */
  readonly remedy?: string;
}
