import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** What cannot run in a transaction is alone in its file, or in a file that is run without one. */
export const CONCURRENTLY_IN_TRANSACTION: MigrationRule = {
  id: 'concurrently-in-transaction',
  severity: 'error',
  phase: 'never',
  title: 'What cannot run in a transaction is alone in its file, or in a file that is run without one.',
  why: 'CREATE INDEX CONCURRENTLY, DROP INDEX CONCURRENTLY, REINDEX CONCURRENTLY, DETACH PARTITION CONCURRENTLY and VACUUM fail in a '
    + 'transaction (25001). Most migration tools wrap each file in one, and a server does so itself with several statements that come in '
    + 'one message.',
  sources: [manualOf('sql-createindex'), 'https://squawkhq.com/docs/ban-concurrent-index-creation-in-transaction'],
  given: ORDERS,
  bad: `BEGIN;
CREATE INDEX CONCURRENTLY orders_customer_idx ON orders (customer_id);
COMMIT;`,
  good: 'CREATE INDEX CONCURRENTLY orders_customer_idx ON orders (customer_id);',
  check: (step) => step.actions.filter(({ refusal }) => refusal?.sqlstate === '25001').map((action) => ({
    action,
    message: `${action.command} fails here (25001), as ${step.session.transaction === 'script' ? 'BEGIN opened a transaction' : 'the tool runs the file in a transaction'}`,
    fix: 'put it in a file of its own, and tell the tool to run that without a transaction',
  })),
};
