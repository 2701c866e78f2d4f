import { columnInSteps } from '../../rewrites/columns';
import { blockingViolations } from '../blocking';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** A column is added without a constraint that must be checked or indexed at once. */
export const ADD_COLUMN_CONSTRAINT: MigrationRule = {
  id: 'add-column-constraint',
  severity: 'error',
  phase: 'never',
  title: 'A column is added without a constraint that must be checked or indexed at once.',
  why: 'A CHECK, UNIQUE, PRIMARY KEY or (beside a default) REFERENCES in the definition of a new column is checked against every row in '
    + 'the same statement, and ACCESS EXCLUSIVE is held meanwhile. NOT VALID cannot be said there, nor CONCURRENTLY.',
  sources: [manualOf('sql-altertable')],
  given: ORDERS,
  bad: 'ALTER TABLE orders ADD COLUMN priority integer DEFAULT 1 CHECK (priority > 0);',
  good: `ALTER TABLE orders ADD COLUMN priority integer DEFAULT 1;
ALTER TABLE orders ADD CONSTRAINT orders_priority_check CHECK (priority > 0) NOT VALID;`,
  check: (step) => blockingViolations(step, ({ command, work }, { kind }) => command === 'ADD COLUMN' && kind !== 'rewrite' && !work.some((each) => each.kind === 'rewrite'),
    'add the column alone, then the constraint without a check of the old rows, then check them', columnInSteps),
};
