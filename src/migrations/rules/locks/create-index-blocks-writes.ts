import { concurrentIndex } from '../../rewrites/indexes';
import { blockingViolations } from '../blocking';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** An index of a table in use is built concurrently. */
export const CREATE_INDEX_BLOCKS_WRITES: MigrationRule = {
  id: 'create-index-blocks-writes',
  severity: 'error',
  phase: 'expand',
  title: 'An index of a table in use is built concurrently.',
  why: 'CREATE INDEX takes SHARE: nobody writes the table while it is read and sorted. CONCURRENTLY takes SHARE UPDATE EXCLUSIVE and lets '
    + 'writers through; it runs outside of a transaction, and leaves an invalid index where it fails. An index of a partitioned table is '
    + 'built ON ONLY it, then concurrently on each partition, and attached.',
  sources: [manualOf('sql-createindex'), 'https://squawkhq.com/docs/require-concurrent-index-creation'],
  given: ORDERS,
  bad: 'CREATE INDEX orders_customer_idx ON orders (customer_id);',
  good: 'CREATE INDEX CONCURRENTLY orders_customer_idx ON orders (customer_id);',
  check: (step) => blockingViolations(step, ({ command }) => command === 'CREATE INDEX', 'build it CONCURRENTLY, in a file of its own that no transaction wraps', (at, action) =>
    at.surroundings.catalog.tryFind(action.relation ?? '')?.kind === 'partitioned table' ? undefined : concurrentIndex(at, action)),
};
