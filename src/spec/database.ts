import { wholeNumber } from './values';

/** The connections that a service may hold to one database. */
export interface DatabaseOptions {
  /** The most connections that one pod holds, over all its processes: at least 1. */
  readonly poolSize: number;

  /** The most connections that the server accepts (`max_connections`), or the share of them that is this service's. */
  readonly maxConnections: number;

  /**
   * Connections of `maxConnections` that the service cannot have.
   * @default - 3 for PostgreSQL (`superuser_reserved_connections`), 0 otherwise
   */
  readonly reservedConnections?: number;
}

/**
 * The database that the service holds connections to.
 *
 * During a release more pods are alive than there are replicas, and each fills its pool: the plan proves that all of
 * them together stay below the server's limit.
 */
export class Database {
  /** A PostgreSQL server. */
  static postgres(options: DatabaseOptions): Database {
    return new Database('PostgreSQL', options, 3);
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

  private constructor(
    /** The kind of server, for messages. */
    readonly engine: string,
    options: DatabaseOptions,
    reservedByDefault: number,
  ) {
    this.poolSize = wholeNumber('Database poolSize', options.poolSize, 1, 100_000);
    this.maxConnections = wholeNumber('Database maxConnections', options.maxConnections, 1, 1_000_000);
    this.reservedConnections = wholeNumber(
      'Database reservedConnections', options.reservedConnections ?? reservedByDefault, 0, 1_000_000);
  }
}
