import type { Duration } from 'cdk8s';
import type { Migration } from './migration';
import type { MigrationPace } from './migration-pace';
import type { StartsAfter } from './starts-after';
import type { DatabaseOptions } from '../database-options';
import type { Env } from '../env';

/** A PostgreSQL server, and how its schema changes with this release. */
export interface PostgresOptions extends DatabaseOptions {
  /**
   * The URL by which the migrations connect, with a role that owns what they change: a key of a Secret that begins with `postgresql://`. It
   * leads to the server itself, because a pooler gives the statements of one session to several.
   * @default - none; needed with `migrations` or `contracts`
   */
  readonly url?: Env;

  /**
   * What this release needs of the schema. A Job expands it beside the version that is running, CronJobs fill in and verify the rows that are
   * there, and the pods of the new version wait in front of it: see `startsAfter`.
   * @default - the schema is as this version needs it
   */
  readonly migrations?: Migration[];

  /**
   * Migrations of a release before this one whose old shape may go. A CronJob drops it once nobody has used it for as long as `quiet`; from then
   * on no version below `schemaEpoch` starts.
   * @default - nothing is dropped
   */
  readonly contracts?: Migration[];

  /**
   * Which schema this version knows: a whole number from 1 to 999999999, raised with each release that needs another one. Sessions of the
   * service are told apart by it, so the version before must have a lower one; start with 1 a release before the first migration.
   * @default - none; needed with `migrations` or `contracts`
   */
  readonly schemaEpoch?: number;

  /**
   * The longest that the pods of a new version wait for the migrations, up to 7 days. The progress deadline is longer than that.
   * @default Duration.hours(1)
   */
  readonly migratesWithin?: Duration;

  /**
   * What the pods of a new version wait for.
   * @default StartsAfter.READY
   */
  readonly startsAfter?: StartsAfter;

  /**
   * How long nobody may have written the old shape, no session or pod of an older version may have been seen, and the new version may have been
   * there, before a contract drops it; up to 30 days. It is counted from when the contract is first asked for.
   * @default Duration.hours(1)
   */
  readonly quiet?: Duration;

  /**
   * Whether a person must agree before a contract drops anything, with `zero-downtime migrations approve`, beside all other evidence.
   * @default false
   */
  readonly contractsNeedApproval?: boolean;

  /**
   * Whether sessions that tell no version are taken for somebody else's: those without a name, and with the one that a driver gives by itself, such
   * as `PostgreSQL JDBC Driver`. Say so where others use the same database, and every version of this service names its sessions.
   * @default false - a contract waits until they are gone
   */
  readonly ignoresNamelessSessions?: boolean;

  /**
   * How carefully rows are filled in while programs use them.
   * @default - batches of 100 milliseconds without a rest, as long as replicas and other sessions keep up
   */
  readonly pace?: MigrationPace;

  /**
   * The URL by which a pod asks whether its version may start: a key of a Secret that begins with `postgresql://`. Any role will do that may
   * connect, so that pods need not hold the one that owns the tables.
   * @default - `url`
   */
  readonly waitUrl?: Env;

  /**
   * Rules of the migration checker that the SQL of this release may break, each with the reason: `{ 'add-column-json': 'nobody compares it' }`.
   * A statement of `Migration.sql` is accepted by itself with a comment before it: `-- zero-downtime/accepted.RULE: REASON`.
   * @default - none: a declaration that breaks one is refused
   */
  readonly accept?: { readonly [rule: string]: string };

  /**
   * The image of the migrations: one that holds `sh` and `psql` of PostgreSQL 11 or later, and names one version.
   * @default "postgres:18.1-alpine"
   */
  readonly migrationImage?: string;
}
