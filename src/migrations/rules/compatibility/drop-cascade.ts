import type { Action } from '../../effects/effect';
import { as } from '../../sql/node';
import { isUsed, type Step } from '../../step';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** Nothing is dropped with all that depends on it, and no schema or database is. */
export const DROP_CASCADE: MigrationRule = {
  id: 'drop-cascade',
  severity: 'error',
  phase: 'never',
  title: 'Nothing is dropped with all that depends on it, and no schema or database is.',
  why: 'CASCADE drops what nobody named: foreign keys, views, columns of other tables. Whoever runs it finds out afterwards.',
  sources: [manualOf('ddl-depend'), 'https://squawkhq.com/docs/ban-drop-database'],
  given: ORDERS,
  bad: 'DROP TABLE customers CASCADE;',
  good: 'SELECT 1;',
  check: (step) => step.actions.filter((action) => isCascade(action, step)).map((action) => ({
    action,
    message: `${action.command} reaches what the statement does not name`,
    fix: 'drop what depends on it first, each by its name',
  })),
};

function isCascade({ node, command, relation }: Action, step: Step): boolean {
  const behavior = as(node, 'DropStmt')?.behavior ?? as(node, 'AlterTableCmd')?.behavior;
  const isDrop = command.startsWith('DROP') && (relation === undefined || isUsed(step, relation));
  return command === 'DROP DATABASE' || command === 'TRUNCATE CASCADE' || command === 'DROP SCHEMA' || (isDrop && behavior === 'DROP_CASCADE');
}
