import { actionsOf } from '../../step';
import type { Step } from '../../step';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** Row security is switched on together with a policy that lets the running version read on. */
export const ROW_SECURITY_HIDES_ROWS: MigrationRule = {
  id: 'row-security-hides-rows',
  severity: 'error',
  phase: 'never',
  title: 'Row security is switched on together with a policy that lets the running version read on.',
  why: 'ENABLE ROW LEVEL SECURITY without a policy hides every row from everybody but the owner: no error tells of it, queries just return'
    + ' nothing.',
  sources: [manualOf('ddl-rowsecurity')],
  given: ORDERS,
  bad: 'ALTER TABLE orders ENABLE ROW LEVEL SECURITY;',
  good: `CREATE POLICY everybody ON orders USING (true);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;`,
  check: (step) => actionsOf(step, 'ENABLE ROW LEVEL SECURITY').filter(({ relation }) => !hasPolicy(step, relation)).map((action) => ({
    action,
    message: `${action.relation} has no policy that is made before: the running version, unless it owns the table, sees no row`,
    fix: 'create the policies first; they do nothing until row security is on',
  })),
};

function hasPolicy(step: Step, relation: string | undefined): boolean {
  return step.before.some(({ actions }) => actions.some((action) => action.command === 'CREATE POLICY' && action.relation === relation));
}
