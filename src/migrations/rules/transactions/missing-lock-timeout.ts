import type { Step } from '../../step';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';
import { blocksWithoutEnd } from './timeouts';

/** What waits for a lock gives up before its own queue is an outage. */
export const MISSING_LOCK_TIMEOUT: MigrationRule = {
  id: 'missing-lock-timeout',
  severity: 'warning',
  phase: 'expand',
  title: 'What waits for a lock gives up before its own queue is an outage.',
  why: 'A statement that wants ACCESS EXCLUSIVE waits behind the longest query, and every query that comes after waits behind it: a lock '
    + 'of a moment becomes an outage as long as somebody\'s report. With lock_timeout it gives up, and is tried again. Measured: readers '
    + 'waited 1004 ms behind a waiting ALTER TABLE, and 103 ms with lock_timeout at 100 ms.',
  sources: [manualOf('runtime-config-client'), 'https://squawkhq.com/docs/require-timeout-settings'],
  given: ORDERS,
  bad: 'ALTER TABLE orders ADD COLUMN extra jsonb;',
  good: `SET lock_timeout = '2s';
ALTER TABLE orders ADD COLUMN extra jsonb;`,
  check: (step) => isWaiting(step) && !step.before.some(isWaiting) ? [{
    action: step.actions[0],
    message: 'this and all that follows in the file waits for its lock without an end, and every query that comes after waits behind it',
    fix: 'SET lock_timeout = \'2s\' at the top, and try again where it fails (55P03)',
    rewrite: [{ title: 'at the top of the file', sql: 'SET lock_timeout = \'2s\';' }],
  }] : [],
};

function isWaiting(step: Step): boolean {
  return blocksWithoutEnd(step, step.session.lockTimeout);
}
