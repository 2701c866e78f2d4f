import { notNullInSteps } from '../../rewrites/constraints';
import { blockingViolations } from '../blocking';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** SET NOT NULL finds it proven that no row is null. */
export const SET_NOT_NULL_SCANS: MigrationRule = {
  id: 'set-not-null-scans',
  severity: 'error',
  phase: 'contract',
  title: 'SET NOT NULL finds it proven that no row is null.',
  why: 'SET NOT NULL reads the whole table under ACCESS EXCLUSIVE, unless a validated CHECK says already that the column is not null '
    + '(since 12). Since 18 NOT NULL can be added NOT VALID and validated while others write.',
  sources: [manualOf('sql-altertable'), 'https://github.com/postgres/postgres/commit/bbb96c3704c041d139181c6601e5bc770e045d26'],
  given: ORDERS,
  bad: 'ALTER TABLE orders ALTER COLUMN note SET NOT NULL;',
  good: 'ALTER TABLE orders ADD CONSTRAINT orders_note_given CHECK (note IS NOT NULL) NOT VALID;',
  check: (step) => blockingViolations(step, ({ command }) => command === 'SET NOT NULL', 'let a CHECK be validated first, which blocks nobody', ({ surroundings }, { relation = '', column = '' }) =>
    notNullInSteps(surroundings, relation, column)),
};
