import { detachConcurrently } from '../../rewrites/partitions';
import { actionsOf } from '../../step';
import { manualOf, type MigrationRule } from '../rule';

/** A partition in use is detached concurrently. */
export const DETACH_PARTITION_BLOCKS: MigrationRule = {
  id: 'detach-partition-blocks',
  severity: 'warning',
  phase: 'contract',
  title: 'A partition in use is detached concurrently.',
  why: 'DETACH PARTITION takes ACCESS EXCLUSIVE on the partitioned table. CONCURRENTLY (since 14, outside of a transaction) takes SHARE '
    + 'UPDATE EXCLUSIVE there.',
  sources: [manualOf('sql-altertable')],
  given: `CREATE TABLE events (id bigint NOT NULL, day integer NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (2);
CREATE TABLE events_2 (id bigint NOT NULL, day integer NOT NULL);
INSERT INTO events_2 SELECT n, 2 FROM generate_series(1, 100) n;`,
  bad: 'ALTER TABLE events DETACH PARTITION events_1;',
  good: 'ALTER TABLE events DETACH PARTITION events_1 CONCURRENTLY;',
  check: (step) => actionsOf(step, 'DETACH PARTITION').map((action) => ({
    action,
    message: `DETACH PARTITION takes ACCESS EXCLUSIVE on ${action.relation}, so that every query of any partition waits for its turn`,
    fix: step.surroundings.version >= 14 ? 'say CONCURRENTLY, outside of a transaction' : 'set a short lock_timeout and try again; since 14 there is CONCURRENTLY',
    rewrite: detachConcurrently(step, action),
  })),
};
