import { blockingViolations } from '../blocking';
import { manualOf, type MigrationRule } from '../rule';

/** A constraint of a domain in use is not added or validated. */
export const ALTER_DOMAIN_SCANS: MigrationRule = {
  id: 'alter-domain-scans',
  severity: 'error',
  phase: 'never',
  title: 'A constraint of a domain in use is not added or validated.',
  why: 'ALTER DOMAIN … ADD CONSTRAINT, VALIDATE CONSTRAINT and SET NOT NULL read every table that has a column of the domain, under SHARE '
    + 'on all of them at once. NOT VALID puts it off, and VALIDATE is no gentler.',
  sources: [manualOf('sql-alterdomain')],
  given: `CREATE DOMAIN label AS text;
CREATE TABLE tagged (id bigint PRIMARY KEY, name label);
INSERT INTO tagged SELECT n, 'x' FROM generate_series(1, 100) n;`,
  bad: 'ALTER DOMAIN label ADD CONSTRAINT filled CHECK (VALUE <> \'\');',
  good: 'ALTER TABLE tagged ADD CONSTRAINT tagged_label_check CHECK (name <> \'\') NOT VALID;',
  check: (step) => blockingViolations(step, ({ command }) => command.startsWith('ALTER DOMAIN'), 'put the CHECK on the columns: NOT VALID first, then validated table by table'),
};
