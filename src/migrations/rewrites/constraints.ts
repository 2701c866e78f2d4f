import type { Rewrite, RewriteStep } from './rewrite';
import { madeName, quoteIdentifier } from '../../sql/quote';
import type { Action } from '../effects/effect';
import type { Step } from '../step';
import { clauseAt } from './fragment';
import { as } from '../sql/node';

/** Adds a constraint that holds for new rows at once, and reads the old ones while others write. */
export function notValidThenValidate(relation: string, name: string, clause: string): Rewrite {
  return [
    { title: 'holds for what is written from now on; a lock for a moment', sql: `ALTER TABLE ${relation} ADD CONSTRAINT ${quoteIdentifier(name)} ${clause} NOT VALID;` },
    { title: 'reads every row while others read and write', sql: `ALTER TABLE ${relation} VALIDATE CONSTRAINT ${quoteIdentifier(name)};` },
  ];
}

/** The clause of a constraint without its name and without NOT VALID. */
export function bareClause(text: string): string {
  return text.replace(/^constraint\s+("(?:[^"]|"")+"|\S+)\s+/i, '').replace(/\s+not\s+valid\s*$/i, '');
}

/** ADD CONSTRAINT … CHECK or FOREIGN KEY in two steps. */
export function constraintInTwoSteps(step: Step, action: Action): Rewrite {
  const node = as(as(action.node, 'AlterTableCmd')?.def, 'Constraint') ?? {};
  return notValidThenValidate(action.relation ?? '', action.name ?? '', bareClause(clauseAt(step.statement.text, node.location)));
}

/** SET NOT NULL without a read of the table under a lock. */
export function notNullInSteps(relation: string, table: string, column: string, version: number): Rewrite {
  const quoted = quoteIdentifier(column);
  if (version >= 18) {
    const name = quoteIdentifier(madeName(table, column, 'not_null'));
    return [
      { title: 'holds for what is written from now on; a lock for a moment', sql: `ALTER TABLE ${relation} ADD CONSTRAINT ${name} NOT NULL ${quoted} NOT VALID;` },
      { title: 'reads every row while others read and write', sql: `ALTER TABLE ${relation} VALIDATE CONSTRAINT ${name};` },
    ];
  }
  const name = madeName(table, column, 'given');
  const steps: RewriteStep[] = [...notValidThenValidate(relation, name, `CHECK (${quoted} IS NOT NULL)`)];
  return version < 12 ? steps : [
    ...steps,
    { title: 'the CHECK says that no row is to be read; a lock for a moment', sql: `ALTER TABLE ${relation} ALTER COLUMN ${quoted} SET NOT NULL;` },
    { title: 'the CHECK has served', sql: `ALTER TABLE ${relation} DROP CONSTRAINT ${quoteIdentifier(name)};` },
  ];
}
