import { wholeNumber } from './values';

/** What is known about the cluster that the pods are spread over. */
export interface SpreadOptions {
  /**
   * The number of availability zones in which the service may run.
   * @default - unknown: nothing that depends on it is used
   */
  readonly zones?: number;
}

/** How the pods are spread over zones and nodes, each version on its own where Kubernetes can (1.27 and later can). */
export class Spread {
  /** As even as the scheduler can make it; a pod is never kept waiting for it. */
  static preferred(options: SpreadOptions = {}): Spread {
    return new Spread('ScheduleAnyway', options.zones);
  }

  /** Even over zones, or the pod waits: for clusters where every zone has room. Nodes stay a preference. */
  static required(options: SpreadOptions = {}): Spread {
    return new Spread('DoNotSchedule', options.zones);
  }

  /** Not spread. */
  static none(): Spread {
    return new Spread(undefined, undefined);
  }

  private constructor(
    /** What the scheduler does where an even spread over zones is not possible, or nothing where none is asked. */
    readonly whenUnsatisfiable: string | undefined,
    /** The number of zones, where it is known. */
    readonly zones: number | undefined,
  ) {
    if (zones !== undefined) {
      wholeNumber('Spread zones', zones, 1, 100);
    }
  }
}
