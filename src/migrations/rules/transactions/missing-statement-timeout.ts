import type { Step } from '../../step';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';
import { blocksWithoutEnd } from './timeouts';

/** What keeps others waiting is ended by the server where it takes longer than anybody thought. */
export const MISSING_STATEMENT_TIMEOUT: MigrationRule = {
  id: 'missing-statement-timeout',
  severity: 'info',
  phase: 'expand',
  title: 'What keeps others waiting is ended by the server where it takes longer than anybody thought.',
  why: 'lock_timeout ends the wait for a lock, not the work under it. Where a statement that should take a moment does not, statement_timeout '
    + 'ends it, and with it the wait of everybody behind it. Concurrent builds and VALIDATE need a long one, or none.',
  sources: [manualOf('runtime-config-client'), 'https://squawkhq.com/docs/require-timeout-settings'],
  given: ORDERS,
  bad: 'SET lock_timeout = \'2s\';\nALTER TABLE orders ADD COLUMN extra jsonb;',
  good: 'SET lock_timeout = \'2s\';\nSET statement_timeout = \'5s\';\nALTER TABLE orders ADD COLUMN extra jsonb;',
  check: (step) => isUnbounded(step) && !step.before.some(isUnbounded) ? [{
    action: step.actions[0],
    message: 'this and all that follows in the file may hold its lock without an end',
    fix: 'SET statement_timeout = \'5s\' for what should take a moment',
  }] : [],
};

function isUnbounded(step: Step): boolean {
  return blocksWithoutEnd(step, step.session.statementTimeout);
}
