import { actionsOf, isAddedByRelease } from '../../step';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** What a release adds, and what it takes away for it, are two releases. */
export const EXPAND_WITH_CONTRACT: MigrationRule = {
  id: 'expand-with-contract',
  severity: 'error',
  phase: 'contract',
  title: 'What a release adds, and what it takes away for it, are two releases.',
  why: 'A column that is dropped in the release that adds another to the same table is a rename in two statements: there is no moment at which the old '
    + 'version finds its column and the new one its own. The column is added in one release, filled and switched to; it is dropped in a later one. A '
    + 'release is what is checked at once; --from says where it begins.',
  sources: [manualOf('ddl-alter'), 'https://martinfowler.com/bliki/ParallelChange.html'],
  given: ORDERS,
  bad: 'ALTER TABLE orders ADD COLUMN remark text;\nALTER TABLE orders DROP COLUMN note;',
  good: 'ALTER TABLE orders ADD COLUMN remark text;',
  check: (step) => actionsOf(step, 'DROP COLUMN').flatMap((action) => {
    const added = [...step.release, ...step.before, step].flatMap(({ actions }) => actions).find(({ command, relation }) => command === 'ADD COLUMN' && relation === action.relation);
    return added === undefined || isAddedByRelease(step, action.relation, action.column) ? [] : [{
      action,
      message: `the same release adds ${action.relation}.${added.column} and drops ${action.column}: no moment suits both versions`,
      fix: 'drop it in a later release, when every instance uses the new column',
    }];
  }),
};
