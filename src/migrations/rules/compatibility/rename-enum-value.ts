import { manualOf, type MigrationRule } from '../rule';

/** A value of an enum is not renamed. */
export const RENAME_ENUM_VALUE: MigrationRule = {
  id: 'rename-enum-value',
  severity: 'error',
  phase: 'never',
  title: 'A value of an enum is not renamed.',
  why: 'The version that is still running writes and compares the old value, which is an error from then on (22P02). A new value is added '
    + 'beside it, rows are moved in batches, and the old one stays unused.',
  sources: [manualOf('sql-altertype')],
  given: `CREATE TYPE mood AS ENUM ('ok', 'bad');
CREATE TABLE moods (id bigint PRIMARY KEY, m mood);
INSERT INTO moods SELECT n, 'ok' FROM generate_series(1, 100) n;`,
  bad: 'ALTER TYPE mood RENAME VALUE \'ok\' TO \'good\';',
  good: 'ALTER TYPE mood ADD VALUE \'good\';',
  check: (step) => step.actions.filter(({ command }) => command === 'RENAME VALUE').map((action) => ({
    action,
    message: `the running version writes the old value of ${action.name}, which is an error from then on (22P02)`,
    fix: 'add the new value, and move rows to it in batches when every version knows it',
  })),
};
