import { askIdleConnections } from './idle-connections';
import { askInFlight } from './in-flight';
import { askKeptConnections } from './kept-connections';
import { askNewConnections } from './new-connections';
import type { RaceAnswer } from './race-answer';
import { askStart } from './start';
import { askSwitchOver } from './switch-over';
import type { WayIn, WorkloadModel } from '../workload-model';

/**
 * The questions that are asked about every way in. `askReplacement` is asked besides where no ready pod may be left, and
 * `askProgressDeadline` once for the workload.
 */
export const RACES = {
  newConnections: askNewConnections,
  inFlight: askInFlight,
  keptConnections: askKeptConnections,
  idleConnections: askIdleConnections,
  start: askStart,
  switchOver: askSwitchOver,
} as const satisfies Readonly<Record<string, (model: WorkloadModel, way: WayIn) => RaceAnswer>>;
