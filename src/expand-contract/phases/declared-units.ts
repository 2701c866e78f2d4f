import type { DeclaredPhases, Unit } from './phases';
import { variableText } from './units';
import type { DeclaredPhase, DeclaredUnit } from '../../sql/declared-sql';
import type { RunSettings } from '../run/settings';

const PHASES = ['expand', 'walks', 'complete', 'contract', 'abort'] as const;

/** What is run for a migration, as whoever judges SQL sees it. */
export interface UnitsQuestion {
  /** How messages name the migration. */
  readonly title: string;
  /** Whether its statements are what somebody wrote. */
  readonly isWritten: boolean;
  readonly phases: DeclaredPhases;
  readonly settings: RunSettings;
}

type Run = Omit<DeclaredUnit, 'title' | 'isWritten'>;

/** All that is run for a migration, as it is run. */
export function declaredUnitsOf({ title, isWritten, phases, settings }: UnitsQuestion): DeclaredUnit[] {
  const lockTimeout = Number.parseInt(settings.lockTimeout, 10);
  const runs = PHASES.flatMap((phase) => phase === 'walks' ? walksOf(phases, settings) : runsOf(phase, phases[phase], lockTimeout));
  return runs.map((run, index) => {
    const place = 1 + runs.slice(0, index).filter(({ phase }) => phase === run.phase).length;
    return { ...run, title: `${title} ${run.phase} ${place}`, sql: known(run.sql, phases), isWritten };
  });
}

/** An index is built by a statement of its own, which waits for every transaction that is older. What another engine does has no SQL of ours. */
function runsOf(phase: DeclaredPhase, units: readonly Unit[], lockTimeout: number): readonly Run[] {
  return units.filter(({ sql }) => sql !== '').map(({ sql, index }) => {
    const isInTransaction = index === undefined;
    return { phase, sql, isInTransaction, lockTimeout: isInTransaction ? lockTimeout : 0 };
  });
}

/** A batch of rows that are written, and one of rows that are looked at: the condition on the key is added when it is known. */
function walksOf({ backfill, verify }: DeclaredPhases, { batchLockTimeout }: RunSettings): readonly Run[] {
  const walk = { isInTransaction: true, lockTimeout: Number.parseInt(batchLockTimeout, 10) };
  return [
    ...backfill === undefined ? [] : [{ ...walk, phase: 'backfill', sql: `UPDATE ${backfill.table} SET ${backfill.assignments} WHERE (${backfill.condition});` } as const],
    ...verify === undefined ? [] : [{ ...walk, phase: 'verify', sql: `SELECT count(*) FROM ${verify.table} WHERE (${verify.isRight}) IS NOT TRUE;` } as const],
  ];
}

/** What only the database knows stands for itself: any type, and a column that was NOT NULL. */
function known(sql: string, { variables }: DeclaredPhases): string {
  return variables.reduce((text, { name, what }) => text.split(variableText(name)).join(what === 'not null' ? 'true' : 'text'), sql);
}
