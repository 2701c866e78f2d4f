import { isUsed } from '../../step';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** A column that must be given is not added in one step. */
export const ADD_COLUMN_REQUIRED: MigrationRule = {
  id: 'add-column-required',
  severity: 'error',
  phase: 'never',
  title: 'A column that must be given is not added in one step.',
  why: 'NOT NULL without a default fails at once where the table has a row; where it has none, every INSERT of the version that is still '
    + 'running fails from then on, because it does not name the column.',
  sources: [manualOf('sql-altertable'), 'https://squawkhq.com/docs/adding-required-field'],
  given: ORDERS,
  bad: 'ALTER TABLE orders ADD COLUMN channel text NOT NULL;',
  good: 'ALTER TABLE orders ADD COLUMN channel text NOT NULL DEFAULT \'web\';',
  check: (step) => step.actions.filter(({ command, relation, refusal }) => command === 'ADD COLUMN' && refusal?.sqlstate === '23502' && isUsed(step, relation)).map((action) => ({
    action,
    message: `column ${action.column} has no value in the rows of ${action.relation}, and the running version gives none to new ones`,
    fix: 'add it with a constant DEFAULT, or nullable first; SET NOT NULL when every version writes it',
  })),
};
