/** The time as a release needs it, so that tests need not wait. */
export interface Clock {
  /** Milliseconds that only grow. */
  now(): number;
  sleep(seconds: number): Promise<void>;
}
