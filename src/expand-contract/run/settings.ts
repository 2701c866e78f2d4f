/** How carefully a migration is run; times as PostgreSQL writes them. */
export interface RunSettings {
  /** How long a statement that changes the schema waits for its lock before it gives way and is tried again. */
  readonly lockTimeout: string;
  /**
   * The same for a batch of rows. With `batchMillis` it must stay well under the server's deadlock_timeout: a program that waits for a row of the
   * batch, and has one that the batch waits for, is then never the one that is ended.
   */
  readonly batchLockTimeout: string;
  /** Milliseconds that a batch should take: its rows are locked as long. */
  readonly batchMillis: number;
  readonly smallestBatch: number;
  readonly largestBatch: number;
  /** How many batches share the rows of a span, so that what one has left makes room on the same pages for the next. */
  readonly batchesPerSpan: number;
  /** Milliseconds of rest for each that a batch took: 1 leaves half of the time to others. */
  readonly restPerWork: number;
  /** The table is vacuumed when this share of its rows had to move to another page. */
  readonly vacuumAfterShare: number;
  /** Pause while a replica is further behind, or more sessions wait for a lock, or are active. */
  readonly mostReplicaLag: string;
  readonly mostLockWaiters: number;
  readonly mostActive: number;
  /** End instead, so that somebody hears of it, where it is far worse. */
  readonly criticalReplicaLag: string;
  readonly criticalLockWaiters: number;
  readonly criticalActive: number;
  /** How long nobody may have written the old shape, and how long the new version may have been there, before the old shape goes. */
  readonly quiet: string;
  /** Where sessions are called `service@epoch`: the service, and the first epoch that knows the new shape. */
  readonly service?: string;
  readonly epoch?: number;
  /** Whether a session without a name counts as one of the old version. */
  readonly namelessIsOld: boolean;
  /** Whether a person must have agreed before the old shape goes. */
  readonly needsApproval: boolean;
}

/**
 * What is measured to leave others alone: batches of 100 ms kept the slowest query of concurrent traffic at 50 ms, where fixed ones of 20,000
 * rows made it wait 555 ms; 16 batches that share a span make a table grow to some 1.2 times its size, and one to twice its size; with 10 it is done
 * sooner, and grows a little more (`npm run bench:backfill`).
 */
export const DEFAULT_RUN_SETTINGS: RunSettings = {
  lockTimeout: '500ms',
  batchLockTimeout: '100ms',
  batchMillis: 100,
  smallestBatch: 100,
  largestBatch: 20_000,
  batchesPerSpan: 16,
  restPerWork: 0,
  vacuumAfterShare: 0.25,
  mostReplicaLag: '1500ms',
  mostLockWaiters: 10,
  mostActive: 1000,
  criticalReplicaLag: '600000ms',
  criticalLockWaiters: 100,
  criticalActive: 10_000,
  quiet: '1h',
  namelessIsOld: true,
  needsApproval: false,
};
