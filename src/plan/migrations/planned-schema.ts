import type { ContainerSpec } from '../../spec/container-spec';
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

/** What another engine does between the scripts, in a container of its own image. */
export interface PlannedEngine extends Pick<ContainerSpec, 'image' | 'args' | 'env' | 'volumes' | 'resources' | 'security'> {
  /** The script that knows whether it is due, and what that is told. */
  readonly script: 'command.sh' | 'pgroll.sh';
  readonly connections: number;
}

/** A migration of the ledger. */
export interface PlannedMigration {
  /** What the ledger knows it by. */
  readonly name: string;
  /** Absent where the ledger does it by itself. */
  readonly engine?: PlannedEngine;
}

/** The Jobs that change the schema. */
export interface PlannedJobs {
  readonly url: Env;
  readonly image: string;
  /** What this release expands, and what it may contract, in the order in which that happens. */
  readonly migrations: readonly PlannedMigration[];
  readonly contracts: readonly PlannedMigration[];
  /** The longest that the Job may run that expands. */
  readonly expandDeadline: Amount;
  readonly configMap: PlannedConfigMap;
}

/** How the schema changes with a release, and how its sessions are called. */
export interface PlannedSchema {
  /** The name of the service's sessions, which tells versions apart. */
  readonly sessionName: string;
  /** The schema in which the program finds its tables; absent where that is as it was. */
  readonly searchPath?: string;
  /** Absent where nobody has said how the database is reached. */
  readonly wait?: PlannedWait;
  /** Absent where the schema stays as it is. */
  readonly jobs?: PlannedJobs;
  /** The longest that pods wait for the migrations; absent where there are none. */
  readonly migratesWithin?: Amount;
}
