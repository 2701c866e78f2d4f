import { declaredUnitsOf } from '../../expand-contract/phases/declared-units';
import type { DeclaredPhases } from '../../expand-contract/phases/phases';
import { DEFAULT_RUN_SETTINGS, type RunSettings } from '../../expand-contract/run/settings';
import type { MigrationSpec } from '../../spec/migration/migration';
import { sqlTextsOf, titleOfMigration } from '../../spec/migration/sql-texts';
import type { DeclaredMigration } from '../../sql/declared-sql';

/** A migration as whoever judges SQL sees it: what it says, and all that is run for it as the Jobs run it. */
export function declaredSqlOf(spec: MigrationSpec, phases: DeclaredPhases, settings: RunSettings = DEFAULT_RUN_SETTINGS): DeclaredMigration {
  return { texts: sqlTextsOf(spec), units: declaredUnitsOf({ title: titleOfMigration(spec), isWritten: spec.kind === 'sql', phases, settings }) };
}
