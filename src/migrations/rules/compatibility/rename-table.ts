import { quoteIdentifier } from '../../../sql/quote';
import type { Action } from '../../effects/effect';
import type { Rewrite } from '../../rewrites/rewrite';
import { as } from '../../sql/node';
import { actionsOf, runningUse, type Step } from '../../step';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** A table in use is not renamed or moved. */
export const RENAME_TABLE: MigrationRule = {
  id: 'rename-table',
  severity: 'error',
  phase: 'never',
  title: 'A table in use is not renamed or moved.',
  why: 'The version that is still running asks for the old name (42P01). A view of the old name, made in the same transaction, is as good '
    + 'as the table to it: reads and plain writes pass through.',
  sources: [manualOf('sql-altertable'), manualOf('sql-createview'), 'https://squawkhq.com/docs/renaming-table'],
  given: ORDERS,
  bad: 'ALTER TABLE orders RENAME TO purchases;',
  good: `BEGIN;
ALTER TABLE orders RENAME TO purchases;
CREATE VIEW orders AS SELECT * FROM purchases;
COMMIT;`,
  check: (step) => actionsOf(step, 'RENAME TABLE', 'RENAME VIEW', 'RENAME MATERIALIZED VIEW', 'SET SCHEMA')
    .filter(({ relation = '' }) => runningUse(step, relation).isUsed)
    .filter((action) => !step.later.some((later) => isViewOf(later, action, step)) && !takesPlaceOfView(step, action)).map((action) => ({
      action,
      message: `${runningUse(step, action.relation ?? '').text} ${action.relation}, which is gone at once (42P01)`,
      fix: 'leave a view of the old name, made in the same transaction, until the old version is gone',
      rewrite: viewOfOldName(step, action),
    })),
};

/** Whether a statement of the same transaction gives the old name to a view. */
function isViewOf(statement: Step['later'][number], { relation }: Action, step: Step): boolean {
  const view = as(statement, 'ViewStmt')?.view;
  return view !== undefined && step.isInTransaction && step.surroundings.catalog.idOf(view) === relation;
}

/** Whether no version is left that knows the old name, and the new one was a view's that went in the same transaction. */
function takesPlaceOfView(step: Step, { node }: Action): boolean {
  const { relation, newname } = as(node, 'RenameStmt') ?? {};
  const taken = relation && step.surroundings.catalog.idOf({ ...relation, relname: newname });
  return step.file.release === 'contract' && taken !== undefined
    && step.earlier.some(({ actions }) => actions.some((action) => action.command === 'DROP VIEW' && action.relation === taken));
}

function viewOfOldName(step: Step, { relation = '', name = '', command }: Action): Rewrite | undefined {
  const known = step.surroundings.catalog.tryFind(relation);
  if (known === undefined || command === 'RENAME MATERIALIZED VIEW') {
    return undefined;
  }
  const moved = command === 'SET SCHEMA' ? `${quoteIdentifier(name)}.${quoteIdentifier(known.name)}` : `${quoteIdentifier(known.schema)}.${quoteIdentifier(name)}`;
  return [
    { title: 'both at once', sql: `BEGIN;\n${step.statement.text};\nCREATE VIEW ${relation} AS SELECT * FROM ${moved};\nCOMMIT;`, needsNoTransaction: true },
    { title: 'when every instance uses the new name', sql: `DROP VIEW ${relation};`, isContract: true },
  ];
}
