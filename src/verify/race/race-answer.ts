import type { Timeline } from '../timeline';

/** How far one bound of the model may move before the answer changes, all others fixed. */
export interface Margin {
  /** For example `detach of clusterInternal`. */
  readonly bound: string;
  readonly assumed: number;
  /** The last whole value with which the answer is still that nothing is lost. */
  readonly holdsUntil: number;
}

/** The answer to one question about the order of events around one pod. */
export interface RaceAnswer {
  /** Whether no request can be lost in this way. */
  readonly holds: boolean;
  /** For example `no connection is opened to a pod that has stopped accepting`. */
  readonly question: string;
  /** The inequality that is closest to being violated, or most violated, with names and values. True exactly if `holds`. */
  readonly inequality: string;
  /** For each bound on which the answer depends. */
  readonly margins: readonly Margin[];
  /** The earliest course of events in which the inequality is violated most. Absent where it holds. */
  readonly counterexample?: Timeline;
}
