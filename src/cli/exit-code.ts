/** What a command's exit code says. */
export enum ExitCode {
  /** Nothing at or above the severity; every workload PROVED; an analysis Successful. */
  OK = 0,
  /** Findings; a workload REFUTED; an analysis Failed. */
  FOUND = 1,
  /** Input that cannot be judged. */
  BAD_INPUT = 2,
  /** No workload REFUTED, and one UNKNOWN; an analysis Inconclusive, or of too many errors. */
  UNKNOWN = 3,
  /** Ended by SIGINT before there was an answer: 128 and the number of the signal, as shells have it. */
  INTERRUPTED = 130,
  /** Ended by SIGTERM before there was an answer. */
  TERMINATED = 143,
}
