import type { Availability } from '../availability';
import type { Capacity } from '../capacity';
import type { Context } from '../context';
import type { Termination } from '../termination';
import type { Path } from '../traffic/path';

/** What the plan of a rollout follows from. */
export interface RolloutQuestion {
  readonly context: Context;
  readonly paths: readonly Path[];
  readonly capacity: Capacity;
  readonly availability: Availability;
  readonly termination: Termination;
}
