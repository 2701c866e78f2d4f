import { blockingViolations } from '../blocking';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** A change of type that writes nothing does not check or index every row again either. */
export const ALTER_TYPE_RECHECKS: MigrationRule = {
  id: 'alter-type-rechecks',
  severity: 'error',
  phase: 'expand',
  title: 'A change of type that writes nothing does not check or index every row again either.',
  why: 'Where the values stay as they are stored, each CHECK over the column is still held against every row, and an index whose operators'
    + ' are others is built again: both under ACCESS EXCLUSIVE. Without the CHECK, and with the index dropped before and built '
    + 'concurrently after, the change takes a moment.',
  sources: [manualOf('sql-altertable')],
  given: ORDERS,
  bad: `ALTER TABLE orders ADD CONSTRAINT orders_status_check CHECK (status <> '') NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_status_check;
ALTER TABLE orders ALTER COLUMN status TYPE text;`,
  good: 'ALTER TABLE orders ALTER COLUMN status TYPE text;',
  check: (step) => blockingViolations(step, ({ command, work }, { kind }) => command === 'ALTER COLUMN TYPE' && kind !== 'rewrite' && !work.some((each) => each.kind === 'rewrite'),
    'drop the CHECK before and add it NOT VALID after; drop the index before and build it concurrently after'),
};
