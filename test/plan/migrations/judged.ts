import type { Change } from '../../../src/expand-contract/phases/change';
import { nameOf } from '../../../src/expand-contract/phases/name';
import { phasesOf } from '../../../src/expand-contract/phases/phases-of';
import { judgeSql } from '../../../src/migrations/declared/judge-sql';
import { declaredSqlOf } from '../../../src/plan/migrations/declared-sql';
import type { Migration } from '../../../src/spec/migration/migration';
import type { DeclaredMigration, DeclaredSql, JudgedSql } from '../../../src/sql/declared-sql';

/** A migration as it is judged. */
export function declared({ _spec }: Migration): DeclaredMigration {
  const change = _spec as Change;
  return declaredSqlOf(_spec, phasesOf(nameOf(change), change));
}

/** What is said of migrations. */
export function judged(migrations: readonly Migration[], options: { readonly contracts?: readonly Migration[]; readonly accepted?: DeclaredSql['accepted'] } = {}): JudgedSql {
  const { contracts = [], accepted = {} } = options;
  return judgeSql({ migrations: migrations.map(declared), contracts: contracts.map(declared), accepted, acceptedBy: (ruleId) => `accept { '${ruleId}': 'REASON' } of Database.postgres` });
}
