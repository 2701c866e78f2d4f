import { isUsed } from '../../step';
import { manualOf, type MigrationRule } from '../rule';

/** A partition is made as a table, and attached. */
export const PARTITION_OF_LOCKS_PARENT: MigrationRule = {
  id: 'partition-of-locks-parent',
  severity: 'warning',
  phase: 'expand',
  title: 'A partition is made as a table, and attached.',
  why: 'CREATE TABLE … PARTITION OF takes ACCESS EXCLUSIVE on the partitioned table: every query of any partition waits. A table that is '
    + 'made by itself and attached takes SHARE UPDATE EXCLUSIVE there (since 12).',
  sources: [manualOf('ddl-partitioning')],
  given: `CREATE TABLE events (id bigint NOT NULL, day integer NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (2);
CREATE TABLE events_2 (id bigint NOT NULL, day integer NOT NULL);
INSERT INTO events_2 SELECT n, 2 FROM generate_series(1, 100) n;`,
  bad: 'CREATE TABLE events_3 PARTITION OF events FOR VALUES FROM (3) TO (4);',
  good: `CREATE TABLE events_3 (LIKE events INCLUDING ALL);
ALTER TABLE events ATTACH PARTITION events_3 FOR VALUES FROM (3) TO (4);`,
  check: (step) => step.actions.flatMap((action) => {
    const parent = action.command === 'CREATE TABLE PARTITION OF' ? action.locks.find(({ relation, mode }) => mode === 'ACCESS EXCLUSIVE' && isUsed(step, relation)) : undefined;
    return parent === undefined ? [] : [{
      action,
      message: `it takes ACCESS EXCLUSIVE on ${parent.relation}, so that every query of any partition waits for its turn`,
      fix: 'make the table by itself (LIKE … INCLUDING ALL), and attach it',
    }];
  }),
};
