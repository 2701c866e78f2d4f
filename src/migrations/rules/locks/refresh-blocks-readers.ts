import { refreshConcurrently } from '../../rewrites/views';
import { actionsOf } from '../../step';
import { manualOf, type MigrationRule } from '../rule';

/** A materialized view in use is refreshed concurrently. */
export const REFRESH_BLOCKS_READERS: MigrationRule = {
  id: 'refresh-blocks-readers',
  severity: 'warning',
  phase: 'maintenance',
  title: 'A materialized view in use is refreshed concurrently.',
  why: 'REFRESH MATERIALIZED VIEW takes ACCESS EXCLUSIVE on the view as long as its query runs. CONCURRENTLY lets readers read the old '
    + 'rows; it needs a unique index over columns alone.',
  sources: [manualOf('sql-refreshmaterializedview')],
  given: `CREATE TABLE orders (id bigint PRIMARY KEY, total integer);
INSERT INTO orders SELECT n, n FROM generate_series(1, 100) n;
CREATE MATERIALIZED VIEW totals AS SELECT id, total FROM orders;
CREATE UNIQUE INDEX totals_id_key ON totals (id);`,
  bad: 'REFRESH MATERIALIZED VIEW totals;',
  good: 'REFRESH MATERIALIZED VIEW CONCURRENTLY totals;',
  check: (step) => actionsOf(step, 'REFRESH MATERIALIZED VIEW').filter(({ work }) => work.length > 0).map((action) => ({
    action,
    message: `nobody reads ${action.relation} while its query runs`,
    fix: 'say CONCURRENTLY; it needs a unique index over columns of the view',
    rewrite: refreshConcurrently(step, action),
  })),
};
