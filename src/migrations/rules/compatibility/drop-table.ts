import { actionsOf, runningUse } from '../../step';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** A table or view is dropped when no version that runs knows it any more. */
export const DROP_TABLE: MigrationRule = {
  id: 'drop-table',
  severity: 'error',
  phase: 'contract',
  title: 'A table or view is dropped when no version that runs knows it any more.',
  why: 'The version that is still running asks for it (42P01). It belongs in a release of its own, after the version that no longer does '
    + 'is everywhere: then accept this rule there, with that reason.',
  sources: [manualOf('sql-droptable'), 'https://squawkhq.com/docs/ban-drop-table'],
  given: ORDERS,
  bad: 'DROP TABLE customers;',
  good: 'SELECT 1;',
  check: (step) => actionsOf(step, 'DROP TABLE', 'DROP VIEW', 'DROP MATERIALIZED VIEW', 'DROP FOREIGN TABLE').filter(({ relation = '' }) => runningUse(step, relation).isUsed).map((action) => ({
    action,
    message: `${runningUse(step, action.relation ?? '').text} ${action.relation}, which is gone at once (42P01)`,
    fix: 'drop it in a later release than the one whose program stops asking for it',
  })),
};
