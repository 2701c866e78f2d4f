import type { RunSettings } from './settings';

/** How carefully a migration is run, where somebody says more of it than nothing; times in milliseconds. */
export interface Pace {
  readonly batch?: number;
  readonly rest?: number;
  readonly lockTimeout?: number;
  readonly replicaLag?: number;
  readonly lockWaiters?: number;
  readonly activeSessions?: number;
}

interface Bound {
  readonly least: number;
  readonly most: number;
  readonly unit: '' | 'ms';
  readonly isWhole: boolean;
}

const HOUR = 3_600_000;

const BOUNDS: { readonly [K in keyof Pace]-?: Bound } = {
  // A batch and its wait for a lock end before a server looks for deadlocks, after a second: a program is then never the one that is ended.
  batch: { least: 10, most: 500, unit: 'ms', isWhole: true },
  rest: { least: 0, most: 100, unit: '', isWhole: false },
  lockTimeout: { least: 10, most: 60_000, unit: 'ms', isWhole: true },
  replicaLag: { least: 10, most: HOUR, unit: 'ms', isWhole: true },
  lockWaiters: { least: 0, most: 10_000, unit: '', isWhole: true },
  activeSessions: { least: 1, most: 100_000, unit: '', isWhole: true },
};

/** The names of what a pace says. */
export const PACE_KEYS = Object.keys(BOUNDS) as readonly (keyof Pace)[];

/** What is outside its bounds, each in a sentence that begins with a name. */
export function paceProblems(pace: Pace, nameOf: (key: keyof Pace) => string): readonly string[] {
  return PACE_KEYS.flatMap((key) => {
    const value = pace[key];
    const { least, most, unit, isWhole } = BOUNDS[key];
    const fits = value === undefined || (value >= least && value <= most && (!isWhole || Number.isInteger(value)));
    return fits ? [] : [`${nameOf(key)} ${value}${unit} must be ${isWhole && unit === '' ? 'a whole number ' : ''}from ${least}${unit} to ${most}${unit}`];
  });
}

/** How many times as much is far too much. */
const CRITICAL = 10;

/** Settings at a pace. What ends a walk stays well above what makes it rest. */
export function paced(settings: RunSettings, { batch, rest, lockTimeout, replicaLag, lockWaiters, activeSessions }: Pace): RunSettings {
  return {
    ...settings,
    batchMillis: batch ?? settings.batchMillis,
    restPerWork: rest ?? settings.restPerWork,
    ...lockTimeout !== undefined && { lockTimeout: `${lockTimeout}ms` },
    ...replicaLag !== undefined && { mostReplicaLag: `${replicaLag}ms`, criticalReplicaLag: `${Math.max(HOUR / 6, CRITICAL * replicaLag)}ms` },
    ...lockWaiters !== undefined && { mostLockWaiters: lockWaiters, criticalLockWaiters: CRITICAL * Math.max(1, lockWaiters) },
    ...activeSessions !== undefined && { mostActive: activeSessions, criticalActive: CRITICAL * activeSessions },
  };
}
