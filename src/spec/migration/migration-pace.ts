import type { Duration } from 'cdk8s';

/**
 * How carefully rows are filled in while programs use them. Numbers were measured beside traffic by this project's `npm run bench:backfill`;
 * they suit most servers as they are.
 */
export interface MigrationPace {
  /**
   * How long a batch of rows should take, and its rows are locked; from 10 to 500 milliseconds, because PostgreSQL looks for deadlocks after a
   * second, and a batch that has ended by then never makes a program the one that is ended. Batches grow and shrink towards it.
   * @default Duration.millis(100)
   */
  readonly batch?: Duration;

  /**
   * How long is rested after each batch, in multiples of the time that it took: 1 leaves half of the time to others. From 0 to 100.
   * @default 0
   */
  readonly rest?: number;

  /**
   * How long a statement that changes the schema waits for its lock, and whoever comes after it waits behind it; then it gives way, and is tried
   * again later. From 10 milliseconds to a minute.
   * @default Duration.millis(500)
   */
  readonly lockTimeout?: Duration;

  /**
   * Rest while a replica is further behind than this, and end where it is ten times as much, or ten minutes; from 10 milliseconds to an hour. The
   * role must be in `pg_monitor` to see it.
   * @default Duration.millis(1500)
   */
  readonly replicaLag?: Duration;

  /**
   * Rest while more sessions than this wait for locks, and end where it is ten times as many, at least 10; a whole number from 0 to 10,000.
   * @default 10
   */
  readonly lockWaiters?: number;

  /**
   * Rest while more sessions than this are active in the database, and end where it is ten times as many; a whole number from 1 to 100,000.
   * @default 1000
   */
  readonly activeSessions?: number;
}
