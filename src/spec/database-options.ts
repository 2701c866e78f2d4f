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
