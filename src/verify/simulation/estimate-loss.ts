import type { RequestSeconds } from './exchange';
import type { Scenario } from './scenario';
import { simulate, SimulationRun } from './simulate';
import type { ConnectionKind } from './tally';
import type { WorkloadModel } from '../workload-model';

/** What is played through, and how often. */
export interface EstimateOptions {
  readonly runs: number;
  readonly seed: number;
  readonly requestsPerSecond: number;
  readonly requestSeconds: RequestSeconds;
  /** @default 'release' */
  readonly scenario?: Scenario;
  /** @default - 1 to 50 milliseconds are drawn */
  readonly networkLatencySeconds?: number;
}

/** How many requests the runs lost, and the median of how many were sent in one. */
export interface LossEstimate {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly requests: number;
}

/** Runs with seeds far apart draw nothing in common. */
const SEED_STEP = 7919;

/**
 * Estimates how many requests a change loses: every delay within its bounds is as likely as any other. An estimate, never a proof:
 * that nothing was lost in some runs does not say that nothing can be.
 */
export function estimateLoss(model: WorkloadModel, options: EstimateOptions): Readonly<Record<ConnectionKind, LossEstimate>> {
  const { runs, seed, scenario = 'release', ...load } = options;
  const played = Array.from({ length: runs }, (_, run) =>
    simulate(model, { ...load, scenario, seed: seed + run * SEED_STEP, delays: 'uniform' }));
  return { newConnections: estimate(played, 'newConnections'), keptConnections: estimate(played, 'keptConnections') };
}

function estimate(played: readonly SimulationRun[], kind: ConnectionKind): LossEstimate {
  const lost = played.map((run) => run.lost[kind]).sort((one, other) => one - other);
  const requests = played.map((run) => run.requests[kind]).sort((one, other) => one - other);
  return { median: median(lost), min: lost[0], max: lost[lost.length - 1], requests: median(requests) };
}

function median(sorted: readonly number[]): number {
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}
