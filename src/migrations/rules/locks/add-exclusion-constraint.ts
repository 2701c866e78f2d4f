import { blockingViolations } from '../blocking';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** An exclusion constraint is not added to a table in use. */
export const ADD_EXCLUSION_CONSTRAINT: MigrationRule = {
  id: 'add-exclusion-constraint',
  severity: 'error',
  phase: 'never',
  title: 'An exclusion constraint is not added to a table in use.',
  why: 'EXCLUDE builds its index under ACCESS EXCLUSIVE, and no index that exists can be taken over. What holds without a lock is a new '
    + 'table that is filled beside the old one, or a trigger.',
  sources: [manualOf('sql-altertable')],
  given: ORDERS,
  bad: 'ALTER TABLE orders ADD CONSTRAINT orders_one_note EXCLUDE USING btree (id WITH =);',
  good: 'CREATE TABLE bookings (id bigint PRIMARY KEY, room integer, EXCLUDE USING btree (room WITH =));',
  check: (step) => blockingViolations(step, ({ command }) => command === 'ADD EXCLUDE', 'make a new table that has it, and move rows there in batches'),
};
