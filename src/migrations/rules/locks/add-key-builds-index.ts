import { keyInSteps } from '../../rewrites/indexes';
import { blockingViolations } from '../blocking';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** A unique constraint or a primary key is made of an index that was built concurrently. */
export const ADD_KEY_BUILDS_INDEX: MigrationRule = {
  id: 'add-key-builds-index',
  severity: 'error',
  phase: 'expand',
  title: 'A unique constraint or a primary key is made of an index that was built concurrently.',
  why: 'ADD UNIQUE and ADD PRIMARY KEY build their index under ACCESS EXCLUSIVE. USING INDEX takes one over that CREATE UNIQUE INDEX '
    + 'CONCURRENTLY built, under a lock of a moment; a primary key reads its columns for null even then, unless they are NOT NULL '
    + 'already.',
  sources: [manualOf('sql-altertable'), 'https://squawkhq.com/docs/disallowed-unique-constraint'],
  given: ORDERS,
  bad: 'ALTER TABLE orders ADD CONSTRAINT orders_note_key UNIQUE (id, note);',
  good: 'CREATE UNIQUE INDEX CONCURRENTLY orders_note_key ON orders (id, note);',
  check: (step) => blockingViolations(step, ({ command }) => command === 'ADD UNIQUE' || command === 'ADD PRIMARY KEY',
    'build the index concurrently, and add the constraint USING INDEX', keyInSteps),
};
