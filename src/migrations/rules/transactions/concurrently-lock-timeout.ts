import { actionsOf } from '../../step';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';
import { isShort } from './timeouts';

/** A concurrent build of an index has a lock_timeout of minutes, or none. */
export const CONCURRENTLY_LOCK_TIMEOUT: MigrationRule = {
  id: 'concurrently-lock-timeout',
  severity: 'warning',
  phase: 'expand',
  title: 'A concurrent build of an index has a lock_timeout of minutes, or none.',
  why: 'CONCURRENTLY waits for every transaction that is older than it, and lock_timeout counts that: a short one, which is right for '
    + 'ALTER TABLE, makes the build fail and leave an invalid index (55P03).',
  sources: ['https://github.com/ankane/strong_migrations/issues/233', manualOf('sql-createindex')],
  given: ORDERS,
  bad: `SET lock_timeout = '2s';
CREATE INDEX CONCURRENTLY orders_customer_idx ON orders (customer_id);`,
  good: `SET lock_timeout = 0;
CREATE INDEX CONCURRENTLY orders_customer_idx ON orders (customer_id);`,
  check: (step) => actionsOf(step, 'CREATE INDEX CONCURRENTLY', 'REINDEX CONCURRENTLY').filter(() => isShort(step.session.lockTimeout)).map((action) => ({
    action,
    message: `lock_timeout ${step.session.lockTimeout} ms counts the wait for older transactions too; where one runs longer, the build fails and leaves an invalid index`,
    fix: 'SET lock_timeout = 0 before it, and give it a statement_timeout of hours if any',
  })),
};
