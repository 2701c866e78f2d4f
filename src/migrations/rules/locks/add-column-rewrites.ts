import type { Action } from '../../effects/effect';
import { columnInSteps } from '../../rewrites/columns';
import { as } from '../../sql/node';
import { blockingViolations } from '../blocking';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** A column that is added to a table in use gets no value that each row must be written for. */
export const ADD_COLUMN_REWRITES: MigrationRule = {
  id: 'add-column-rewrites',
  severity: 'error',
  phase: 'never',
  title: 'A column that is added to a table in use gets no value that each row must be written for.',
  why: 'A constant default is kept once, in the catalog, since PostgreSQL 11. A volatile default, a serial, an identity, a stored '
    + 'generated column and a domain with constraints are not: the table is written anew, with all of its indexes, under ACCESS '
    + 'EXCLUSIVE, and neither reads nor writes get through until it is done.',
  sources: [manualOf('sql-altertable'), 'https://www.postgresql.org/docs/current/ddl-alter.html', 'https://github.com/ankane/strong_migrations'],
  given: ORDERS,
  bad: 'ALTER TABLE orders ADD COLUMN token double precision DEFAULT random();',
  good: `ALTER TABLE orders ADD COLUMN token double precision;
ALTER TABLE orders ALTER COLUMN token SET DEFAULT random();`,
  check: (step) => blockingViolations(step, ({ command }, { kind }) => command === 'ADD COLUMN' && kind === 'rewrite',
    'add the column without a value, set its default for new rows, and write the old ones in batches', (at, action) => isGenerated(action) ? undefined : columnInSteps(at, action)),
};

/** The value of a generated column is the server's alone: a trigger has to take its place. */
function isGenerated({ node }: Action): boolean {
  return as(as(node, 'AlterTableCmd')?.def, 'ColumnDef')?.constraints?.some((clause) => as(clause, 'Constraint')?.contype === 'CONSTR_GENERATED') === true;
}
