import type { ChangeOf } from './change';
import type { Phases, Unit } from './phases';
import { NOTHING } from './units';

/** What is none of the other changes: the SQL of each phase, as somebody writes it. */
export function sql(name: string, change: ChangeOf<'sql'>): Phases {
  const units = (phase: string, statements: readonly string[] = []): readonly Unit[] =>
    statements.map((statement, index) => ({ title: `${phase} ${index + 1} of ${statements.length}`, tables: change.tables ?? [], sql: statement }));
  const { backfill, verify } = change;
  return {
    ...NOTHING,
    name,
    expand: units('expand', change.expand),
    backfill,
    verify: verify && { table: verify.table, expected: 'true', actual: `(${verify.isRight})`, isRight: `(${verify.isRight}) IS TRUE` },
    complete: units('complete', change.complete),
    contract: units('contract', change.contract),
    abort: units('abort', change.abort),
  };
}
