import type { Duration } from 'cdk8s';
import type { MigrationPace } from './migration-pace';
import { refuse } from '../declaration-error';
import { durationOf, settingsOf, shown } from '../values';

/** The same with times in milliseconds. */
export type PaceSpec = { readonly [K in keyof MigrationPace]?: number };

/** Reads a pace; whether its numbers fit is for the plan to say. */
export function paceOf(pace: MigrationPace = {}): PaceSpec {
  const { batch, rest, lockTimeout, replicaLag, lockWaiters, activeSessions } = settingsOf('Database pace', pace);
  const times = { batch, lockTimeout, replicaLag };
  const numbers = { rest, lockWaiters, activeSessions };
  return {
    ...Object.fromEntries(Object.entries(times).filter(([, time]) => time !== undefined)
      .map(([key, time]) => [key, durationOf(`Database pace ${key}`, time as Duration).toMilliseconds()])),
    ...Object.fromEntries(Object.entries(numbers).filter(([, number]) => number !== undefined)
      .map(([key, number]) => [key, typeof number === 'number' ? number : refuse(`Database pace ${key} ${shown(number)} must be a number`)])),
  };
}
