import { blockingViolations } from '../blocking';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** An index in use is rebuilt concurrently. */
export const REINDEX_BLOCKS: MigrationRule = {
  id: 'reindex-blocks',
  severity: 'error',
  phase: 'maintenance',
  title: 'An index in use is rebuilt concurrently.',
  why: 'REINDEX takes SHARE on the table and ACCESS EXCLUSIVE on the index: nobody writes, and queries that would use the index wait. '
    + 'CONCURRENTLY (since 12) builds another beside it.',
  sources: [manualOf('sql-reindex')],
  given: ORDERS,
  bad: 'REINDEX TABLE orders;',
  good: 'REINDEX TABLE CONCURRENTLY orders;',
  check: (step) => blockingViolations(step, ({ command }) => command === 'REINDEX', 'say CONCURRENTLY, outside of a transaction'),
};
