import type { Action } from '../../effects/effect';
import { blockedText } from '../../effects/lock-mode';
import { heldBefore } from '../../held';
import { blockingWork, isUsed, type Step } from '../../step';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** A transaction that keeps others out of a table does nothing long before it ends. */
export const WORK_UNDER_LOCK: MigrationRule = {
  id: 'work-under-lock',
  severity: 'error',
  phase: 'expand',
  title: 'A transaction that keeps others out of a table does nothing long before it ends.',
  why: 'Locks are held to the end of the transaction. An ALTER TABLE that takes a moment keeps everybody out as long as what comes after '
    + 'it in the same transaction: an UPDATE of many rows, a COPY, the scan of another table.',
  sources: [manualOf('explicit-locking'), 'https://kaveland.no/eugene/hints/E4/'],
  given: ORDERS,
  bad: `BEGIN;
ALTER TABLE orders ADD COLUMN extra jsonb;
UPDATE orders SET note = 'y';
COMMIT;`,
  good: `ALTER TABLE orders ADD COLUMN extra jsonb;
UPDATE orders SET note = 'y' WHERE id <= 1000;`,
  check: (step) => {
    const long = step.actions.find((action) => isLong(step, action));
    const held = heldBefore(step);
    return long === undefined || held === undefined ? [] : [{
      action: long,
      message: `${long.command} takes as long as there are rows, and the transaction still holds ${held.mode} on ${held.relation}: ${blockedText(held.mode)} wait for all of it`,
      fix: 'put it in a transaction of its own',
    }];
  },
};

/** Whether something takes long that no rule about its own lock tells of. */
function isLong(step: Step, action: Action): boolean {
  const { command, relation, work } = action;
  if (blockingWork(step, action).length > 0) {
    return false;
  }
  const writes = ['UPDATE', 'DELETE', 'MERGE', 'COPY'].includes(command) && isUsed(step, relation);
  return writes || (command !== 'VALIDATE CONSTRAINT' && work.some((each) => isUsed(step, each.relation)));
}
