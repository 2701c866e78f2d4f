import type { DeclaredPhases, Unit } from '../../expand-contract/phases/phases';
import { variableText } from '../../expand-contract/phases/units';
import { DEFAULT_RUN_SETTINGS, type RunSettings } from '../../expand-contract/run/settings';
import type { MigrationSpec } from '../../spec/migration/migration';
import { sqlTextsOf, titleOfMigration } from '../../spec/migration/sql-texts';
import type { DeclaredMigration, DeclaredPhase, DeclaredUnit } from '../../sql/declared-sql';

const PHASES = ['expand', 'walks', 'complete', 'contract', 'abort'] as const;

type Run = Omit<DeclaredUnit, 'title' | 'isWritten'>;

/** A migration as whoever judges SQL sees it: what it says, and all that is run for it as the Jobs run it. */
export function declaredSqlOf(spec: MigrationSpec, phases: DeclaredPhases, settings: RunSettings = DEFAULT_RUN_SETTINGS): DeclaredMigration {
  const lockTimeout = Number.parseInt(settings.lockTimeout, 10);
  const runs = PHASES.flatMap((phase) => phase === 'walks' ? walksOf(phases, settings) : runsOf(phase, phases[phase], lockTimeout));
  const title = titleOfMigration(spec);
  const units = runs.map((run, index) => {
    const place = 1 + runs.slice(0, index).filter(({ phase }) => phase === run.phase).length;
    return { ...run, title: `${title} ${run.phase} ${place}`, sql: known(run.sql, phases), isWritten: spec.kind === 'sql' };
  });
  return { texts: sqlTextsOf(spec), units };
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
