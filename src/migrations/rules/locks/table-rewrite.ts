import { blockingViolations } from '../blocking';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** A table in use is not written again as a whole. */
export const TABLE_REWRITE: MigrationRule = {
  id: 'table-rewrite',
  severity: 'error',
  phase: 'maintenance',
  title: 'A table in use is not written again as a whole.',
  why: 'VACUUM FULL, CLUSTER, SET LOGGED, SET UNLOGGED, SET TABLESPACE, SET ACCESS METHOD and SET EXPRESSION write every row again under '
    + 'ACCESS EXCLUSIVE. A tool that builds a copy beside the table and swaps them in the end (pg_repack, pg_squeeze) locks for moments.',
  sources: [manualOf('sql-vacuum'), manualOf('sql-cluster'), 'https://reorg.github.io/pg_repack/'],
  given: ORDERS,
  bad: 'CLUSTER orders USING orders_pkey;',
  good: 'VACUUM orders;',
  check: (step) => blockingViolations(step, ({ command }, { kind }) => kind === 'rewrite' && !['ADD COLUMN', 'ALTER COLUMN TYPE', 'REFRESH MATERIALIZED VIEW'].includes(command),
    'use pg_repack, or do it in a window in which nobody needs the table'),
};
