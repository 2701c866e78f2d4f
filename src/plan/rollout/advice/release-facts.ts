/** What a faulty release would cost. */
export enum ReleaseRisk {
  /** Little: it is seen and taken back before it matters. */
  LOW = 'LOW',
  /** Much: as few users as possible may see it. */
  HIGH = 'HIGH',
}

/** What a team knows of a release, and what its declaration does not say. */
export interface ReleaseFacts {
  /**
   * What a faulty release would cost.
   * @default ReleaseRisk.LOW
   */
  readonly risk?: ReleaseRisk;

  /**
   * Whether two versions may answer requests at the same time, on the same data.
   * @default true
   */
  readonly canRunTwoVersions?: boolean;

  /**
   * Whether the release changes the schema of a database.
   * @default false
   */
  readonly changesSchema?: boolean;

  /**
   * Whether pods keep what requests after this one need, such as sessions.
   * @default false
   */
  readonly keepsState?: boolean;

  /**
   * The least requests per second, to all pods together, during a release; above 0.
   * @default - unknown
   */
  readonly requestsPerSecond?: number;

  /**
   * The regions in which the service runs, in the order of their releases.
   * @default - one
   */
  readonly regions?: string[];
}
