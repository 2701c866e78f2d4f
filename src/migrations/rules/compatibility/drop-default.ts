import { tryFindColumn } from '../../catalog/relation';
import type { Action } from '../../effects/effect';
import { actionsOf } from '../../step';
import type { Step } from '../../step';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** A default is dropped when every version that runs gives the value itself. */
export const DROP_DEFAULT: MigrationRule = {
  id: 'drop-default',
  severity: 'warning',
  phase: 'contract',
  title: 'A default is dropped when every version that runs gives the value itself.',
  why: 'An INSERT of the version that is still running does not name the column: it gets null from then on, or fails where the column is '
    + 'NOT NULL.',
  sources: [manualOf('sql-altertable')],
  given: ORDERS,
  bad: 'ALTER TABLE orders ALTER COLUMN quantity DROP DEFAULT;',
  good: 'ALTER TABLE orders ALTER COLUMN quantity SET DEFAULT 2;',
  check: (step) => actionsOf(step, 'DROP DEFAULT', 'DROP IDENTITY').map((action) => ({
    action,
    message: `an INSERT of the running version that does not name ${action.relation}.${action.column} ${isRequired(step, action) ? 'fails (23502)' : 'leaves it null'}`,
    fix: 'drop it when no version relies on it',
  })),
};

function isRequired(step: Step, { relation = '', column }: Action): boolean {
  return tryFindColumn(step.surroundings.catalog.tryFind(relation), column)?.notNull === 'yes';
}
