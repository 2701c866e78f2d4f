import type { Action } from '../../effects/effect';
import { actionsOf, isAddedByRelease, runningUse, type Step } from '../../step';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** A column is dropped when no version that runs knows it any more. */
export const DROP_COLUMN: MigrationRule = {
  id: 'drop-column',
  severity: 'error',
  phase: 'contract',
  title: 'A column is dropped when no version that runs knows it any more.',
  why: 'The version that is still running names the column (42703), and many a mapper names all that it knows in every query. Indexes and '
    + 'constraints over the column go silently with it. It belongs in a release of its own, after the version that no longer names it is '
    + 'everywhere: then accept this rule there, with that reason.',
  sources: [manualOf('sql-altertable'), 'https://squawkhq.com/docs/ban-drop-column', 'https://github.com/ankane/strong_migrations'],
  given: ORDERS,
  bad: 'ALTER TABLE orders DROP COLUMN note;',
  good: 'ALTER TABLE orders ALTER COLUMN note SET DEFAULT \'\';',
  check: (step) => actionsOf(step, 'DROP COLUMN')
    .filter(({ relation = '', column }) => runningUse(step, relation, column).isUsed && !isAddedByRelease(step, relation, column))
    .map((action) => ({ action, message: droppedText(step, action), fix: 'drop it in a later release than the one whose program stops naming it' })),
};

function droppedText(step: Step, { relation = '', column = '' }: Action): string {
  const known = step.surroundings.catalog.tryFind(relation);
  const gone = [...known?.indexes ?? [], ...known?.constraints ?? []].filter(({ columns }) => columns.includes(column)).map(({ name }) => name);
  const along = gone.length === 0 ? '' : `, and ${[...new Set(gone)].join(', ')} with it`;
  return `${runningUse(step, relation, column).text} ${relation}.${column}, which is gone at once (42703)${along}`;
}
