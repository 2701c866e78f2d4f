import type { DatabaseOptions } from './database-options';
import type { PostgresOptions } from './migration/postgres-options';
import { schemaSpecOf, type SchemaSpec } from './migration/schema-spec';
import { wholeNumber } from './values';

/**
 * The database that the service holds connections to.
 *
 * During a release more pods are alive than there are replicas, and each fills its pool: the plan proves that all of
 * them together stay below the server's limit. A PostgreSQL server may get another schema with a release.
 */
export class Database {
  /** A PostgreSQL server. */
  static postgres(options: PostgresOptions): Database {
    return new Database('PostgreSQL', options, 3, schemaSpecOf(options));
  }

  /** A MySQL or MariaDB server. It keeps its administrator's connection beside `max_connections`, so none is reserved. */
  static mysql(options: DatabaseOptions): Database {
    return new Database('MySQL', options, 0);
  }

  /** The most connections that one pod holds. */
  readonly poolSize: number;
  /** The most connections that the server accepts. */
  readonly maxConnections: number;
  /** Connections that the service cannot have. */
  readonly reservedConnections: number;

  /**
   * How its schema changes with this release.
   * @internal
   */
  readonly _schema?: SchemaSpec;

  private constructor(
    /** The kind of server, for messages. */
    readonly engine: string,
    options: DatabaseOptions,
    reservedByDefault: number,
    schema?: SchemaSpec,
  ) {
    this.poolSize = wholeNumber('Database poolSize', options.poolSize, 1, 100_000);
    this.maxConnections = wholeNumber('Database maxConnections', options.maxConnections, 1, 1_000_000);
    this.reservedConnections = wholeNumber(
      'Database reservedConnections', options.reservedConnections ?? reservedByDefault, 0, 1_000_000);
    this._schema = schema;
  }
}
