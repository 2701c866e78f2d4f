import { actionsOf } from '../../step';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** A constraint is added when the version that runs already keeps to it. */
export const CHECK_BINDS_RUNNING_VERSION: MigrationRule = {
  id: 'check-binds-running-version',
  severity: 'info',
  phase: 'contract',
  title: 'A constraint is added when the version that runs already keeps to it.',
  why: 'NOT VALID leaves old rows alone, and still binds every INSERT and every UPDATE from then on, of old rows too: where the version '
    + 'that is still running writes otherwise, or updates a row that was not mended, it fails (23514).',
  sources: [manualOf('sql-altertable')],
  given: ORDERS,
  bad: 'ALTER TABLE orders ADD CONSTRAINT orders_note_given CHECK (note IS NOT NULL) NOT VALID;',
  good: 'SELECT 1;',
  check: (step) => actionsOf(step, 'ADD CHECK', 'ADD NOT NULL').map((action) => ({
    action,
    message: `an INSERT or UPDATE of the running version that does not keep to ${action.name} fails from then on, on rows that were not mended too`,
    fix: 'let every version keep to it, and mend the rows, before',
  })),
};
