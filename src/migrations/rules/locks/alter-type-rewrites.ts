import { typeChangeInSteps } from '../../rewrites/columns';
import { blockingViolations } from '../blocking';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** The type of a column in use is not changed to one that is stored otherwise. */
export const ALTER_TYPE_REWRITES: MigrationRule = {
  id: 'alter-type-rewrites',
  severity: 'error',
  phase: 'never',
  title: 'The type of a column in use is not changed to one that is stored otherwise.',
  why: 'The table and its indexes are written anew under ACCESS EXCLUSIVE. Whether that is so depends on the old type: varchar(20) to '
    + 'varchar(40) or text, numeric(10,2) to numeric(12,2) and cidr to inet change nothing that is stored, int to bigint does. Where it '
    + 'does, a column of the new type is kept up by a trigger, filled in batches, and takes over.',
  sources: [manualOf('sql-altertable'), 'https://squawkhq.com/docs/changing-column-type'],
  given: ORDERS,
  bad: 'ALTER TABLE orders ALTER COLUMN quantity TYPE bigint;',
  good: 'ALTER TABLE orders ALTER COLUMN status TYPE varchar(40);',
  check: (step) => blockingViolations(step, ({ command }, { kind }) => command === 'ALTER COLUMN TYPE' && kind === 'rewrite',
    'let a column of the new type take over: written by a trigger, filled in batches, then used', typeChangeInSteps),
};
