import { blockingWork, isUsed, type Step } from '../../step';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';
import { isShort } from './timeouts';

/** Work beside others, which takes as long as there are rows, has a statement_timeout of its own. */
export const STATEMENT_TIMEOUT_CUTS_WORK: MigrationRule = {
  id: 'statement-timeout-cuts-work',
  severity: 'warning',
  phase: 'expand',
  title: 'Work beside others, which takes as long as there are rows, has a statement_timeout of its own.',
  why: 'A statement_timeout of seconds is right for what keeps others waiting. VALIDATE and concurrent builds keep nobody waiting and take as long as '
    + 'the table is large: cut off, they have done nothing, and a concurrent build leaves an invalid index.',
  sources: [manualOf('runtime-config-client'), manualOf('sql-createindex')],
  given: ORDERS,
  bad: 'SET statement_timeout = \'5s\';\nCREATE INDEX CONCURRENTLY orders_customer_idx ON orders (customer_id);',
  good: 'SET statement_timeout = 0;\nCREATE INDEX CONCURRENTLY orders_customer_idx ON orders (customer_id);',
  check: (step) => isShort(step.session.statementTimeout) ? step.actions.filter((action) => worksBeside(step, action)).map((action) => ({
    action,
    message: `statement_timeout ${step.session.statementTimeout} ms ends ${action.command} on a table that takes longer, with nothing done`,
    fix: 'SET statement_timeout = 0 before it, or one of hours',
  })) : [],
};

/** Whether an action works through a table in use without keeping its writers out. */
function worksBeside(step: Step, action: Step['actions'][number]): boolean {
  return action.work.some(({ relation }) => isUsed(step, relation)) && blockingWork(step, action).length === 0 && !['UPDATE', 'DELETE'].includes(action.command);
}
