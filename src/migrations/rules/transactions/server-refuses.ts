import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** These have rules of their own. */
const TOLD: readonly string[] = ['25001', '23502'];

/** The server takes every statement. */
export const SERVER_REFUSES: MigrationRule = {
  id: 'server-refuses',
  severity: 'error',
  phase: 'never',
  title: 'The server takes every statement.',
  why: 'What is known of the tables says already that the statement fails: a column that is not there, a view that still needs it, a '
    + 'foreign key that references it, a command that the version of the server does not know.',
  sources: [manualOf('errcodes-appendix')],
  given: ORDERS,
  bad: 'ALTER TABLE orders DROP COLUMN missing;',
  good: 'ALTER TABLE orders DROP COLUMN IF EXISTS missing;',
  check: (step) => step.actions.flatMap((action) => action.refusal === undefined || TOLD.includes(action.refusal.sqlstate) ? [] : [{
    action,
    message: `the server refuses ${action.command} (${action.refusal.sqlstate}): ${action.refusal.message}`,
    fix: 'correct the statement, or the order of the migrations',
  }]),
};
