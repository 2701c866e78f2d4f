/** What a command's exit code says. */
export enum ExitCode {
  /** Nothing at or above the severity; every workload PROVED. */
  OK = 0,
  /** Findings; a workload REFUTED. */
  FOUND = 1,
  /** Input that cannot be judged. */
  BAD_INPUT = 2,
  /** No workload REFUTED, and one UNKNOWN. */
  UNKNOWN = 3,
}
