import { blockedText, blocksWrites } from '../../effects/lock-mode';
import { actionsOf } from '../../step';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** A migration locks no table against its users. */
export const LOCK_TABLE: MigrationRule = {
  id: 'lock-table',
  severity: 'error',
  phase: 'never',
  title: 'A migration locks no table against its users.',
  why: 'LOCK TABLE holds what it takes to the end of the transaction. A mode from SHARE up keeps writers out, ACCESS EXCLUSIVE, which is '
    + 'meant where none is named, keeps readers out too.',
  sources: [manualOf('sql-lock'), manualOf('explicit-locking')],
  given: ORDERS,
  bad: `BEGIN;
LOCK TABLE orders;
COMMIT;`,
  good: 'SELECT 1;',
  check: (step) => actionsOf(step, 'LOCK TABLE').filter(({ locks }) => locks.some(({ mode }) => blocksWrites(mode))).map((action) => ({
    action,
    message: `${action.name} on ${action.relation} is held to the end of the transaction: ${blockedText(action.locks[0].mode)} wait`,
    fix: 'do without: statements take the locks that they need',
  })),
};
