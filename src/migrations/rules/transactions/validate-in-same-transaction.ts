import { heldOn } from '../../held';
import { actionsOf } from '../../step';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** A constraint is validated in another transaction than the one that added it. */
export const VALIDATE_IN_SAME_TRANSACTION: MigrationRule = {
  id: 'validate-in-same-transaction',
  severity: 'error',
  phase: 'expand',
  title: 'A constraint is validated in another transaction than the one that added it.',
  why: 'ADD CONSTRAINT … NOT VALID takes ACCESS EXCLUSIVE (a foreign key SHARE ROW EXCLUSIVE) for a moment, but to the end of its '
    + 'transaction: VALIDATE in the same one reads the whole table under that lock, and nothing was won.',
  sources: [manualOf('sql-altertable')],
  given: ORDERS,
  bad: `BEGIN;
ALTER TABLE orders ADD CONSTRAINT orders_note_given CHECK (note IS NOT NULL) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_note_given;
COMMIT;`,
  good: `ALTER TABLE orders ADD CONSTRAINT orders_note_given CHECK (note IS NOT NULL) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_note_given;`,
  check: (step) => actionsOf(step, 'VALIDATE CONSTRAINT').filter(({ work }) => work.length > 0).flatMap((action) => {
    const held = heldOn(step, action.relation);
    return held === undefined ? [] : [{
      action,
      message: `the transaction holds ${held} on ${action.relation} since it added a constraint or altered the table, and every row is read under that`,
      fix: 'commit before VALIDATE: in a file of its own, where the tool wraps each in a transaction',
    }];
  }),
};
