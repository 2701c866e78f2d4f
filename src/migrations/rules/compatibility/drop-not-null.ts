import { actionsOf } from '../../step';
import { ORDERS } from '../examples';
import type { MigrationRule } from '../rule';

/** A column becomes nullable when every version that runs can read null. */
export const DROP_NOT_NULL: MigrationRule = {
  id: 'drop-not-null',
  severity: 'warning',
  phase: 'contract',
  title: 'A column becomes nullable when every version that runs can read null.',
  why: 'The version that is still running was written for a column that always has a value; the next one may write null into it, and the '
    + 'old one reads it.',
  sources: ['https://squawkhq.com/docs/ban-drop-not-null'],
  given: ORDERS,
  bad: 'ALTER TABLE orders ALTER COLUMN quantity DROP NOT NULL;',
  good: 'SELECT 1;',
  check: (step) => actionsOf(step, 'DROP NOT NULL').map((action) => ({
    action,
    message: `the running version may read ${action.relation}.${action.column} without a thought of null`,
    fix: 'let the version that can read null run everywhere first',
  })),
};
