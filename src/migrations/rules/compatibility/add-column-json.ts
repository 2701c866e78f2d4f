import type { Node } from 'libpg-query';
import { sqlTypeOf } from '../../catalog/sql-type';
import { as } from '../../sql/node';
import { actionsOf } from '../../step';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** A new column of documents is jsonb. */
export const ADD_COLUMN_JSON: MigrationRule = {
  id: 'add-column-json',
  severity: 'warning',
  phase: 'never',
  title: 'A new column of documents is jsonb.',
  why: 'json has no equality: every SELECT DISTINCT, GROUP BY and UNION over all columns of the table, in whatever version runs, fails as '
    + 'soon as the column is there (42883).',
  sources: [manualOf('datatype-json'), 'https://github.com/ankane/strong_migrations'],
  given: ORDERS,
  bad: 'ALTER TABLE orders ADD COLUMN extra json;',
  good: 'ALTER TABLE orders ADD COLUMN extra jsonb;',
  check: (step) => actionsOf(step, 'ADD COLUMN').filter(({ node }) => isJson(node)).map((action) => ({
    action,
    message: `SELECT DISTINCT and GROUP BY over ${action.relation} fail as soon as column ${action.column} is there (42883), as json has no equality`,
    fix: 'make it jsonb',
  })),
};

function isJson(command: Node): boolean {
  return sqlTypeOf(as(as(command, 'AlterTableCmd')?.def, 'ColumnDef')?.typeName).name === 'json';
}
