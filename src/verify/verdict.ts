import type { Assumption } from '../assumptions/assumptions';
import type { InputProblem } from '../reading/input-problem';
import type { Position } from '../reading/source';
import type { BrokenRelease } from './capacity/broken-release';
import type { RaceAnswer } from './race/race-answer';
import type { Timeline } from './timeline';

/** Whether a release can lose a request, as far as the model goes. */
export type Verdict = 'PROVED' | 'REFUTED' | 'UNKNOWN';

/** The answer to one question about a way in; `supposing` says what must be so for it to fail, where that was left open. */
export interface Answer extends RaceAnswer {
  readonly supposing?: string;
}

/** The verdict on one way in to a workload. */
export interface WayVerdict {
  readonly path: string;
  /** The object by which requests come, for example `Service shop/payments`. */
  readonly through: string;
  readonly verdict: Verdict;
  /** All questions, with the answers in the worst of the cases that were left open. */
  readonly answers: readonly Answer[];
  /** The shortest course of events in which a request is lost. */
  readonly counterexample?: Timeline;
  /** The assumptions that would settle an UNKNOWN. */
  readonly missing: readonly string[];
  /** Why it is UNKNOWN. */
  readonly reason?: string;
}

/** The verdict on a workload: the worst of its ways in. */
export interface WorkloadVerdict {
  /** For example `Deployment shop/payments`. */
  readonly workload: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly source: string;
  readonly position?: Position;
  readonly verdict: Verdict;
  readonly ways: readonly WayVerdict[];
  /** The fewest pods that serve at any time of a release, and the least number of replicas. */
  readonly fewestReady?: number;
  readonly replicas: number;
  /** What the verdict rests on. */
  readonly assumptions: readonly Assumption[];
  readonly broken?: BrokenRelease;
}

/** A workload that no verdict is made of, and why. */
export interface NotJudged {
  readonly workload: string;
  readonly source: string;
  readonly because: string;
}

/** What the verifier found. */
export interface Verified {
  readonly workloads: readonly WorkloadVerdict[];
  readonly notJudged: readonly NotJudged[];
  /** Assumptions that cannot be taken, given or annotated. */
  readonly problems: readonly InputProblem[];
}
