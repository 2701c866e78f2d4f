import { declaredSqlOf } from './declared-sql';
import type { Change } from '../../expand-contract/phases/change';
import { nameOf } from '../../expand-contract/phases/name';
import { OUTSIDE_KINDS } from '../../expand-contract/phases/outside-change';
import { phasesOf } from '../../expand-contract/phases/phases-of';
import { paced } from '../../expand-contract/run/pace';
import { DEFAULT_RUN_SETTINGS, type RunSettings } from '../../expand-contract/run/settings';
import type { MigrationSpec } from '../../spec/migration/migration';
import type { DeclaredMigration, JudgeSql } from '../../sql/declared-sql';
import type { Context } from '../context';

/** Has the SQL of migrations judged that are declared, before anything is written. */
export function judgeSchema({ spec, ledger }: Context, judgeSql: JudgeSql | undefined): void {
  const { migrations = [], contracts = [], accepted = {}, pace = {} } = spec.database?._schema ?? {};
  if (judgeSql === undefined || migrations.length + contracts.length === 0) {
    return;
  }
  const settings = paced(DEFAULT_RUN_SETTINGS, pace);
  const declared = { migrations: declaredOf(migrations, settings), contracts: declaredOf(contracts, settings) };
  const judged = judgeSql({ ...declared, accepted, acceptedBy: (ruleId) => `accept { '${ruleId}': 'REASON' } of Database.postgres` });
  judged.problems.forEach((problem) => ledger.problem(problem));
  judged.accepted.forEach(({ ruleId, text, reason }) => ledger.accept(ruleId, text, reason));
}

/** What another engine does has no SQL of ours. */
function declaredOf(migrations: readonly MigrationSpec[], settings: RunSettings): readonly DeclaredMigration[] {
  return migrations.filter(({ kind }) => !OUTSIDE_KINDS.has(kind)).map((migration) => {
    const change = migration as Change;
    return declaredSqlOf(migration, phasesOf(nameOf(change), change), settings);
  });
}
