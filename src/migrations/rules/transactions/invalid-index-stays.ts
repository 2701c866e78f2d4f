import { concurrentIndex } from '../../rewrites/indexes';
import { as } from '../../sql/node';
import { actionsOf } from '../../step';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** A build of an index that failed is cleared away before it is tried again. */
export const INVALID_INDEX_STAYS: MigrationRule = {
  id: 'invalid-index-stays',
  severity: 'warning',
  phase: 'expand',
  title: 'A build of an index that failed is cleared away before it is tried again.',
  why: 'CREATE INDEX CONCURRENTLY that fails leaves an index behind that is invalid: no query uses it, every write keeps it up. IF NOT '
    + 'EXISTS finds it there and reports success.',
  sources: [manualOf('sql-createindex')],
  given: ORDERS,
  bad: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_customer_idx ON orders (customer_id);',
  good: `DROP INDEX CONCURRENTLY IF EXISTS orders_customer_idx;
CREATE INDEX CONCURRENTLY orders_customer_idx ON orders (customer_id);`,
  check: (step) => actionsOf(step, 'CREATE INDEX CONCURRENTLY').filter(({ node }) => as(node, 'IndexStmt')?.if_not_exists).map((action) => ({
    action,
    message: `where an earlier try failed, ${action.name} is there and invalid, and IF NOT EXISTS reports success`,
    fix: 'drop it IF EXISTS before, and build it without IF NOT EXISTS',
    rewrite: concurrentIndex(step, action),
  })),
};
