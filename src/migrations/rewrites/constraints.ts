import type { Rewrite, RewriteStep } from './rewrite';
import type { Action, Surroundings } from '../effects/effect';
import type { Step } from '../step';
import { clauseAt, tryFindText, withoutFirst } from './fragment';
import { freeConstraintName } from './names';
import { quoteIdentifier } from '../../sql/quote';
import { as, namesOf } from '../sql/node';

/** Adds a constraint that holds for new rows at once, and reads the old ones while others write. */
export function notValidThenValidate(relation: string, name: string, clause: string): Rewrite {
  return [
    { title: 'holds for what is written from now on; a lock for a moment', sql: `ALTER TABLE ${relation} ADD CONSTRAINT ${quoteIdentifier(name)} ${clause} NOT VALID;` },
    { title: 'reads every row while others read and write', sql: `ALTER TABLE ${relation} VALIDATE CONSTRAINT ${quoteIdentifier(name)};` },
  ];
}

/** The clause of a constraint without its name and without NOT VALID. */
export function bareClause(text: string): string {
  return withoutFirst(text, /^constraint\b/i.test(text) ? 2 : 0).replace(/\s+not\s+valid\s*$/i, '');
}

/** Whether a foreign key can wait to be validated: that of a partitioned table can since 18. */
export function canBeNotValid(relation: string, contype: string | undefined, { catalog, version }: Surroundings): boolean {
  return contype !== 'CONSTR_FOREIGN' || version >= 18 || catalog.tryFind(relation)?.kind !== 'partitioned table';
}

/** ADD CONSTRAINT … CHECK, FOREIGN KEY or NOT NULL in two steps. */
export function constraintInTwoSteps(step: Step, action: Action): Rewrite | undefined {
  const node = as(as(action.node, 'AlterTableCmd')?.def, 'Constraint') ?? {};
  const text = tryFindText(step, action);
  const { relation = '' } = action;
  if (node.contype === 'CONSTR_NOTNULL') {
    return notNullInSteps(step.surroundings, relation, namesOf(node.keys)[0], node.conname);
  }
  return text === undefined || action.name === undefined || !canBeNotValid(relation, node.contype, step.surroundings)
    ? undefined : notValidThenValidate(relation, action.name, bareClause(clauseAt(text, node.location)));
}

/** SET NOT NULL without a read of the table under a lock. */
export function notNullInSteps({ catalog, version }: Surroundings, relation: string, column: string, named?: string): Rewrite {
  const known = catalog.tryFind(relation);
  const table = known?.name ?? '';
  const quoted = quoteIdentifier(column);
  if (version >= 18) {
    return notValidThenValidate(relation, named ?? freeConstraintName(known, table, column, 'not_null'), `NOT NULL ${quoted}`);
  }
  const name = freeConstraintName(known, table, column, 'given');
  const steps: RewriteStep[] = [...notValidThenValidate(relation, name, `CHECK (${quoted} IS NOT NULL)`)];
  return version < 12 ? steps : [
    ...steps,
    { title: 'the CHECK says that no row is to be read; a lock for a moment', sql: `ALTER TABLE ${relation} ALTER COLUMN ${quoted} SET NOT NULL;` },
    { title: 'the CHECK has served', sql: `ALTER TABLE ${relation} DROP CONSTRAINT ${quoteIdentifier(name)};` },
  ];
}
