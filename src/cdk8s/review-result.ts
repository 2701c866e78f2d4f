/** How bad a finding is. */
export enum Severity {
  /** Requests are lost, or a release or a node drain cannot proceed. */
  ERROR = 'error',
  /** Capacity or a safety net is missing. */
  WARNING = 'warning',
  /** Worth knowing. */
  INFO = 'info',
}

/** Whether a release can lose a request, as far as the model goes. */
export enum Verdict {
  /** In the model, and under the assumptions, no release loses a request. */
  PROVED = 'PROVED',
  /** There is a course of events in which a request is lost. */
  REFUTED = 'REFUTED',
  /** What manifests do not show decides it, and nobody has said it. */
  UNKNOWN = 'UNKNOWN',
}

/** What a rule found in the objects of a construct tree. */
export interface ReviewFinding {
  /** The rule, for example `pre-stop-too-short`. */
  readonly ruleId: string;
  /** How bad it is. */
  readonly severity: Severity;
  /** The construct that makes the object. */
  readonly constructPath: string;
  /** The object, for example `Deployment shop/payments`. */
  readonly object: string;
  /** The field, for example `spec.template.spec.terminationGracePeriodSeconds`. */
  readonly path: string;
  /** What is so, and what it leads to. */
  readonly message: string;
  /** What to write. */
  readonly fix: string;
  /**
   * Why the finding is ignored, where somebody said so.
   * @default - it is not ignored
   */
  readonly ignoredBecause?: string;
}

/** The verdict on one way in to a workload. */
export interface ReviewVerdict {
  /** The construct that makes the workload. */
  readonly constructPath: string;
  /** The workload, for example `Deployment shop/payments`. */
  readonly workload: string;
  /** The way in, for example `clusterInternal` or `awsLoadBalancer`. */
  readonly way: string;
  /** The object by which requests come, for example `Service shop/payments`. */
  readonly through: string;
  /** Whether a release can lose a request on this way. */
  readonly verdict: Verdict;
  /**
   * The course of events in which a request is lost, as lines of text.
   * @default - none, where the verdict is not REFUTED
   */
  readonly counterexample?: string;
  /** The assumptions that would settle an UNKNOWN; empty for other verdicts. */
  readonly missing: string[];
}
