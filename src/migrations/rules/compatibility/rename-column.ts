import type { Action } from '../../effects/effect';
import { renameInSteps } from '../../rewrites/columns';
import { actionsOf, runningUse, type Step } from '../../step';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** A column in use is not renamed. */
export const RENAME_COLUMN: MigrationRule = {
  id: 'rename-column',
  severity: 'error',
  phase: 'never',
  title: 'A column in use is not renamed.',
  why: 'The version that is still running asks for the old name (42703), the next one for the new name; no moment suits both. Two columns '
    + 'that a trigger keeps alike serve both versions, until the old one is dropped.',
  sources: [manualOf('sql-altertable'), 'https://squawkhq.com/docs/renaming-column', 'https://github.com/ankane/strong_migrations'],
  given: ORDERS,
  bad: 'ALTER TABLE orders RENAME COLUMN note TO remark;',
  good: 'ALTER TABLE orders ADD COLUMN remark text;',
  check: (step) => actionsOf(step, 'RENAME COLUMN').filter(({ relation = '', column }) => runningUse(step, relation, column).isUsed).map((action) => ({
    action,
    message: `${runningUse(step, action.relation ?? '', action.column).text} ${action.relation}.${action.column}, which is gone at once (42703)`,
    fix: 'add a column of the new name, keep both alike by a trigger, and drop the old one in a later release',
    rewrite: isTable(step, action) ? renameInSteps(step, action) : undefined,
  })),
};

/** Only a table whose column is known can have another of the same type beside it. */
function isTable(step: Step, { relation = '', column }: Action): boolean {
  const known = step.surroundings.catalog.tryFind(relation);
  return known?.kind.endsWith('table') === true && known.columns.some(({ name }) => name === column);
}
