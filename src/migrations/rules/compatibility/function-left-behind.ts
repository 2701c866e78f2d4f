import { doesName } from '../../application/application';
import type { Catalog, KnownFunction } from '../../catalog/catalog';
import type { Action } from '../../effects/effect';
import { as, namesOf } from '../../sql/node';
import { actionsOf, type Step } from '../../step';
import { ORDERS } from '../examples';
import { manualOf, type MigrationRule } from '../rule';

/** No function or trigger is left that names what has gone. */
export const FUNCTION_LEFT_BEHIND: MigrationRule = {
  id: 'function-left-behind',
  severity: 'error',
  phase: 'contract',
  title: 'No function or trigger is left that names what has gone.',
  why: 'PostgreSQL does not look into the body of a function when a table or a column is dropped or renamed: the command succeeds, and the '
    + 'function fails when it is called next (42703, 42P01). The function of a trigger fails with every row that is written, of whatever version '
    + 'of the program.',
  sources: [manualOf('xfunc-sql'), manualOf('plpgsql-implementation')],
  given: `${ORDERS}
CREATE FUNCTION keep_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := coalesce(NEW.note, ''); RETURN NEW; END $$;
CREATE TRIGGER keep_note BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION keep_note();`,
  bad: 'ALTER TABLE orders DROP COLUMN note;',
  good: `DROP TRIGGER keep_note ON orders;
DROP FUNCTION keep_note();
ALTER TABLE orders DROP COLUMN note;`,
  check: (step) => actionsOf(step, 'DROP COLUMN', 'RENAME COLUMN', 'DROP TABLE', 'RENAME TABLE', 'SET SCHEMA').flatMap((action) => {
    const left = leftBehind(step, action);
    return left === undefined ? [] : [{
      action,
      message: `the function ${left.name} ${left.trigger === undefined ? '' : `of the trigger ${left.trigger} `}names ${subjectOf(action)}, and fails from now on`,
      fix: 'replace or drop the function first, in the same transaction if no version can do without either',
    }];
  }),
};

function subjectOf({ relation, column }: Action): string {
  return column === undefined ? `${relation}` : `${relation}.${column}`;
}

interface Left {
  readonly name: string;
  /** Where its rows set it off. */
  readonly trigger?: string;
}

/** The first function that names what goes, and that what follows in the file does not replace or drop. */
function leftBehind({ surroundings: { catalog }, later }: Step, { relation = '', column }: Action): Left | undefined {
  const mended = new Set(later.flatMap((node) => {
    const dropped = as(node, 'DropStmt')?.objects?.flatMap((object) => as(object, 'ObjectWithArgs') ?? []) ?? [];
    const named = [as(node, 'CreateFunctionStmt')?.funcname, ...dropped.map(({ objname }) => objname)];
    return named.flatMap((parts) => parts === undefined ? [] : [catalog.nameOfFunction(namesOf(parts))]);
  }));
  for (const [name, known] of catalog.functionsByName) {
    const trigger = triggerOn(name, relation, catalog);
    if (!mended.has(name) && doesFunctionName(known, catalog, relation, column, trigger !== undefined)) {
      return { name, trigger };
    }
  }
  return undefined;
}

function triggerOn(functionName: string, relation: string, catalog: Catalog): string | undefined {
  return catalog.tryFind(relation)?.triggers.find((trigger) => trigger.function === functionName)?.name;
}

function doesFunctionName({ body }: KnownFunction, catalog: Catalog, relation: string, column: string | undefined, isOfTrigger: boolean): boolean {
  return body !== undefined && ((isOfTrigger && column !== undefined && body.rowColumns.includes(column))
    || body.reads.some((node) => doesName(node, catalog, relation, column)));
}
