import { blockingViolations } from '../blocking';
import { manualOf, type MigrationRule } from '../rule';

/** A partition is attached whose CHECK proves already that its rows belong there. */
export const ATTACH_PARTITION_SCANS: MigrationRule = {
  id: 'attach-partition-scans',
  severity: 'error',
  phase: 'expand',
  title: 'A partition is attached whose CHECK proves already that its rows belong there.',
  why: 'ATTACH PARTITION reads the new partition under ACCESS EXCLUSIVE, and the default partition too, looking for rows that belong '
    + 'elsewhere, and builds the indexes that it lacks. A validated CHECK of the same bounds, and indexes that are there, make it an '
    + 'affair of a moment; the CHECK is dropped after.',
  sources: [manualOf('sql-altertable')],
  given: `CREATE TABLE events (id bigint NOT NULL, day integer NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (2);
CREATE TABLE events_2 (id bigint NOT NULL, day integer NOT NULL);
INSERT INTO events_2 SELECT n, 2 FROM generate_series(1, 100) n;`,
  bad: 'ALTER TABLE events ATTACH PARTITION events_2 FOR VALUES FROM (2) TO (3);',
  good: `ALTER TABLE events_2 ADD CONSTRAINT events_2_day CHECK (day >= 2 AND day < 3) NOT VALID;
ALTER TABLE events_2 VALIDATE CONSTRAINT events_2_day;
ALTER TABLE events ATTACH PARTITION events_2 FOR VALUES FROM (2) TO (3);`,
  check: (step) => blockingViolations(step, ({ command }) => command === 'ATTACH PARTITION', 'add a CHECK of the same bounds NOT VALID, validate it, build missing indexes concurrently, and attach then'),
};
