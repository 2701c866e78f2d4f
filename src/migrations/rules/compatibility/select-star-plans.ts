import { actionsOf } from '../../step';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** Prepared statements that return all columns are made anew after a column is added. */
export const SELECT_STAR_PLANS: MigrationRule = {
  id: 'select-star-plans',
  severity: 'info',
  phase: 'expand',
  title: 'Prepared statements that return all columns are made anew after a column is added.',
  why: 'A prepared SELECT * or RETURNING * of a connection that is open fails once with "cached plan must not change result type" (0A000) '
    + 'after the columns change. Drivers that prepare by themselves (pgjdbc, Npgsql, ActiveRecord) meet it; within a transaction they '
    + 'cannot try again.',
  sources: ['https://github.com/rails/rails/issues/38800', manualOf('sql-prepare')],
  given: ORDERS,
  bad: 'ALTER TABLE orders ADD COLUMN extra jsonb;',
  good: 'CREATE TABLE extras (id bigint PRIMARY KEY);',
  check: (step) => actionsOf(step, 'ADD COLUMN').filter(({ work }) => work.length === 0).map((action) => ({
    action,
    message: `a prepared SELECT * or RETURNING * of ${action.relation} fails once in each open connection (0A000)`,
    fix: 'name the columns in the program, or let it try again outside of a transaction',
  })),
};
