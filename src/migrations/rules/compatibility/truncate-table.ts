import { actionsOf } from '../../step';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** A table in use is not emptied. */
export const TRUNCATE_TABLE: MigrationRule = {
  id: 'truncate-table',
  severity: 'error',
  phase: 'never',
  title: 'A table in use is not emptied.',
  why: 'TRUNCATE takes ACCESS EXCLUSIVE, waits behind every query, and leaves no row to whoever comes after; a query that began before '
    + 'sees an empty table too. With CASCADE, tables that reference it are emptied with it.',
  sources: [manualOf('sql-truncate')],
  given: ORDERS,
  bad: 'TRUNCATE orders;',
  good: 'DELETE FROM orders WHERE id <= 10;',
  check: (step) => actionsOf(step, 'TRUNCATE', 'TRUNCATE CASCADE').map((action) => ({
    action,
    message: `the rows of ${action.relation} are gone for every version that runs`,
    fix: 'delete what is not needed any more, in batches',
  })),
};
