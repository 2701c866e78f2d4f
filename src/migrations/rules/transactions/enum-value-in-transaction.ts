import { quoteLiteral } from '../../../sql/quote';
import { as, nodesIn, stringOf } from '../../sql/node';
import { manualOf, type MigrationRule } from '../rule';

/** A value that is added to an enum is used in a later transaction. */
export const ENUM_VALUE_IN_TRANSACTION: MigrationRule = {
  id: 'enum-value-in-transaction',
  severity: 'error',
  phase: 'expand',
  title: 'A value that is added to an enum is used in a later transaction.',
  why: 'The new value cannot be used in the transaction that added it (55P04); before 12, ALTER TYPE … ADD VALUE cannot even run in one.',
  sources: [manualOf('sql-altertype')],
  given: `CREATE TYPE mood AS ENUM ('ok', 'bad');
CREATE TABLE moods (id bigint PRIMARY KEY, m mood);
INSERT INTO moods SELECT n, 'ok' FROM generate_series(1, 100) n;`,
  bad: `BEGIN;
ALTER TYPE mood ADD VALUE 'fine';
INSERT INTO moods VALUES (1000, 'fine');
ROLLBACK;`,
  good: `ALTER TYPE mood ADD VALUE 'fine';
INSERT INTO moods VALUES (1000, 'fine');`,
  check: (step) => {
    const added = step.earlier.flatMap(({ actions }) => actions.filter(({ command }) => command === 'ADD VALUE').flatMap(({ node }) => as(node, 'AlterEnumStmt')?.newVal ?? []));
    const used = added.find((value) => [...nodesIn(step.statement.node)].some((node) => stringOf(node) === value));
    return used === undefined || as(step.statement.node, 'AlterEnumStmt') ? [] : [{
      message: `the value ${quoteLiteral(used)} is used in the transaction that adds it, which fails (55P04)`,
      fix: 'add the value in a migration before',
    }];
  },
};
