import type { Epoch } from './epochs';
import type { RequestSeconds } from './exchange';
import type { Random } from './random';
import type { WayIn, WorkloadModel } from '../workload-model';

/** The requests that come on one way during one run. */
export interface Load {
  readonly model: WorkloadModel;
  readonly way: WayIn;
  readonly index: number;
  readonly epochs: readonly Epoch[];
  readonly random: Random;
  readonly requestsPerSecond: number;
  readonly requestSeconds: RequestSeconds;
  /** How long a packet travels one way; milliseconds. */
  readonly networkLatency: number;
}
