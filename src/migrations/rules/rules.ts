import { COMPATIBILITY_RULES } from './compatibility/rules';
import { LOCK_RULES } from './locks/rules';
import type { MigrationRule } from './rule';
import { TRANSACTION_RULES } from './transactions/rules';

/** Every rule for migrations, ordered by id. */
export const MIGRATION_RULES: readonly MigrationRule[] = [...LOCK_RULES, ...COMPATIBILITY_RULES, ...TRANSACTION_RULES]
  .sort((one, other) => one.id < other.id ? -1 : 1);

/** The rule of an id, where there is one. */
export function tryFindMigrationRule(id: string | undefined): MigrationRule | undefined {
  return MIGRATION_RULES.find((rule) => rule.id === id);
}
