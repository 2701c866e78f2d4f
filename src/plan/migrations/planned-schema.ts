import type { Env } from '../../spec/env';
import type { Amount } from '../amount';
import type { PlannedConfigMap } from '../config-maps';

/** The name of the container that waits. */
export const WAIT_CONTAINER = 'schema-wait';

/** How long the Job that expands goes on with the rows, in seconds: small tables are done before anything waits. */
export const FIRST_ROWS_SECONDS = 60;

/** What the pods wait for before they start. */
export interface PlannedWait {
  readonly url: Env;
  readonly image: string;
  /** What `wait.sh` is told. */
  readonly args: readonly string[];
  readonly configMap: PlannedConfigMap;
}

/** The Jobs that change the schema. */
export interface PlannedJobs {
  readonly url: Env;
  readonly image: string;
  /** The names by which the ledger knows what this release expands, and what it may contract. */
  readonly migrations: readonly string[];
  readonly contracts: readonly string[];
  /** The longest that the Job may run that expands. */
  readonly expandDeadline: Amount;
  readonly configMap: PlannedConfigMap;
}

/** How the schema changes with a release, and how its sessions are called. */
export interface PlannedSchema {
  /** The name of the service's sessions, which tells versions apart. */
  readonly sessionName: string;
  /** Absent where nobody has said how the database is reached. */
  readonly wait?: PlannedWait;
  /** Absent where the schema stays as it is. */
  readonly jobs?: PlannedJobs;
  /** The longest that pods wait for the migrations; absent where there are none. */
  readonly migratesWithin?: Amount;
}
