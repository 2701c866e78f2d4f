import { concurrentDrop } from '../../rewrites/indexes';
import { actionsOf } from '../../step';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** An index of a table in use is dropped concurrently. */
export const DROP_INDEX_BLOCKS: MigrationRule = {
  id: 'drop-index-blocks',
  severity: 'warning',
  phase: 'contract',
  title: 'An index of a table in use is dropped concurrently.',
  why: 'DROP INDEX takes ACCESS EXCLUSIVE on the table: it is short, but waits behind every query that runs, and all that come after wait '
    + 'behind it. CONCURRENTLY waits without keeping others out.',
  sources: [manualOf('sql-dropindex'), 'https://squawkhq.com/docs/require-concurrent-index-deletion'],
  given: ORDERS,
  bad: 'DROP INDEX orders_status_idx;',
  good: 'DROP INDEX CONCURRENTLY orders_status_idx;',
  check: (step) => actionsOf(step, 'DROP INDEX').filter(({ locks }) => locks.length === 1).map((action) => ({
    action,
    message: `DROP INDEX takes ACCESS EXCLUSIVE on ${action.relation}, and every query that comes while it waits for its turn waits too`,
    fix: 'drop it CONCURRENTLY, outside of a transaction',
    rewrite: concurrentDrop(step, action),
  })),
};
