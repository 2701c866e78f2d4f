import { backfillStep } from './backfill';
import { bareClause, notNullInSteps, notValidThenValidate } from './constraints';
import { clauseTextsOf, typeTextOf, usingTextOf, type ClauseText } from './fragment';
import { constraintUsingIndex } from './indexes';
import type { Rewrite, RewriteStep } from './rewrite';
import { madeName, qualifiedName, quoteIdentifier, quoteLiteral } from '../../sql/quote';
import { columnOf, tryFindClause } from '../catalog/column-of';
import { tryFindColumn } from '../catalog/relation';
import { isSerial, typeText } from '../catalog/sql-type';
import type { Action } from '../effects/effect';
import { as } from '../sql/node';
import type { Step } from '../step';

/** ADD COLUMN in steps: the bare column first, then its default, its rows and its constraints. */
export function columnInSteps(step: Step, action: Action): Rewrite {
  const { catalog, version } = step.surroundings;
  const relation = action.relation ?? '';
  const { name: table = '', schema = catalog.currentSchema } = catalog.tryFind(relation) ?? {};
  const definition = as(as(action.node, 'AlterTableCmd')?.def, 'ColumnDef') ?? {};
  const column = columnOf(definition, catalog);
  const quoted = quoteIdentifier(column.name);
  const clauses = clauseTextsOf(definition, step.statement.text);
  const sequence = isSerial(definition.typeName) || column.identity ? qualifiedName([schema, madeName(table, column.name, 'seq')]) : undefined;
  const domain = catalog.tryFindType(column.type.name);
  const base = isSerial(definition.typeName) ? column.type : domain?.isConstrained ? domain.base : undefined;
  const type = base === undefined ? typeTextOf(definition, step.statement.text) : typeText(base);
  const value = sequence === undefined ? clauses.find(({ contype }) => contype === 'CONSTR_DEFAULT')?.expression : `nextval(${quoteLiteral(sequence)})`;
  const isConstant = value !== undefined && sequence === undefined && !action.work.some(({ kind }) => kind === 'rewrite');
  return [
    ...sequence === undefined ? [] : [{ title: 'the numbers come from here', sql: `CREATE SEQUENCE ${sequence};` }],
    { title: 'the column alone; a lock for a moment', sql: `ALTER TABLE ${relation} ADD COLUMN ${quoted} ${type}${isConstant ? ` DEFAULT ${value}` : ''};` },
    ...sequence === undefined ? [] : [{ title: 'they go with the column', sql: `ALTER SEQUENCE ${sequence} OWNED BY ${relation}.${quoted};` }],
    ...value === undefined || isConstant ? [] : [
      { title: 'new rows get a value', sql: `ALTER TABLE ${relation} ALTER COLUMN ${quoted} SET DEFAULT ${value};` },
      backfillStep('old rows get theirs, a thousand at a time', relation, `${quoted} = ${value}`, `t.${quoted} IS NULL`, catalog),
    ],
    ...constraintSteps(step, relation, table, column.name, clauses),
    ...column.notNull === 'yes' && !(isConstant && tryFindClause(definition, 'CONSTR_NOTNULL')) ? notNullInSteps(relation, table, column.name, version) : [],
  ];
}

function constraintSteps(step: Step, relation: string, table: string, column: string, clauses: readonly ClauseText[]): RewriteStep[] {
  return clauses.flatMap(({ contype, text }): Rewrite => {
    switch (contype) {
      case 'CONSTR_CHECK': return notValidThenValidate(relation, madeName(table, column, 'check'), bareClause(text));
      case 'CONSTR_FOREIGN': return notValidThenValidate(relation, madeName(table, column, 'fkey'), `FOREIGN KEY (${quoteIdentifier(column)}) ${bareClause(text)}`);
      case 'CONSTR_UNIQUE': return constraintUsingIndex(step, relation, madeName(table, column, 'key'), 'UNIQUE', [column]);
      default: return [];
    }
  });
}

/** A column beside another that holds the same in another form, kept up by a trigger in both directions. */
interface Shadow {
  readonly relation: string;
  readonly from: string;
  readonly to: string;
  readonly type: string;
  /** The new value of a row, and the old one again; in terms of `value`. */
  readonly forward: (value: string) => string;
  readonly back: (value: string) => string;
}

/** Expand, backfill and contract of a column that moves to another. */
function shadowSteps(shadow: Shadow, step: Step): RewriteStep[] {
  const { relation, from, to, type, forward, back } = shadow;
  const { catalog } = step.surroundings;
  const { name: table = '', schema = '' } = catalog.tryFind(relation) ?? {};
  const [old, fresh] = [quoteIdentifier(from), quoteIdentifier(to)];
  const name = madeName(table, to, 'sync');
  const callable = `${quoteIdentifier(schema || catalog.currentSchema)}.${quoteIdentifier(name)}`;
  return [
    { title: 'the new column beside the old one; a lock for a moment', sql: `ALTER TABLE ${relation} ADD COLUMN ${fresh} ${type};` },
    {
      title: 'whichever of the two a program writes, the other follows',
      sql: `CREATE FUNCTION ${callable}() RETURNS trigger LANGUAGE plpgsql AS $sync$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.${fresh} IS NULL THEN
      NEW.${fresh} := ${forward(`NEW.${old}`)};
    ELSE
      NEW.${old} := ${back(`NEW.${fresh}`)};
    END IF;
  ELSIF NEW.${fresh} IS DISTINCT FROM OLD.${fresh} THEN
    NEW.${old} := ${back(`NEW.${fresh}`)};
  ELSE
    NEW.${fresh} := ${forward(`NEW.${old}`)};
  END IF;
  RETURN NEW;
END
$sync$;`,
    },
    { title: 'writers wait for a moment', sql: `CREATE TRIGGER ${quoteIdentifier(name)} BEFORE INSERT OR UPDATE ON ${relation} FOR EACH ROW EXECUTE PROCEDURE ${callable}();` },
    backfillStep('old rows follow, a thousand at a time', relation, `${fresh} = ${forward(`t.${old}`)}`, `t.${fresh} IS NULL AND t.${old} IS NOT NULL`, catalog),
  ];
}

function contractSteps(relation: string, from: string, to: string, step: Step): RewriteStep[] {
  const { name: table = '', schema = '' } = step.surroundings.catalog.tryFind(relation) ?? {};
  const name = madeName(table, to, 'sync');
  const callable = `${quoteIdentifier(schema || step.surroundings.catalog.currentSchema)}.${quoteIdentifier(name)}`;
  // At once: without the trigger, an old column that is NOT NULL would refuse what the new version writes.
  return [{
    title: 'when every instance uses the new column, the old one goes',
    sql: `BEGIN;\nDROP TRIGGER ${quoteIdentifier(name)} ON ${relation};\nALTER TABLE ${relation} DROP COLUMN ${quoteIdentifier(from)};\nDROP FUNCTION ${callable}();\nCOMMIT;`,
    needsNoTransaction: true,
    isContract: true,
  }];
}

/** ALTER COLUMN TYPE by way of a column of the new type. */
export function typeChangeInSteps(step: Step, action: Action): Rewrite {
  const { catalog, version } = step.surroundings;
  const relation = action.relation ?? '';
  const from = action.column ?? '';
  const known = catalog.tryFind(relation);
  const column = tryFindColumn(known, from);
  const definition = as(as(action.node, 'AlterTableCmd')?.def, 'ColumnDef');
  const type = typeTextOf(definition, step.statement.text);
  const using = usingTextOf(action.node, step.statement.text);
  const to = madeName(from, 'new');
  const forward = (value: string) => using === undefined ? `${value}::${type}` : using.replace(new RegExp(`(?<![\\w."])(${escaped(from)}|${escaped(quoteIdentifier(from))})(?![\\w"])`, 'g'), value);
  const back = (value: string) => column === undefined ? value : `${value}::${typeText(column.type)}`;
  return [
    ...shadowSteps({ relation, from, to, type, forward, back }, step),
    ...column?.notNull === 'yes' ? notNullInSteps(relation, known?.name ?? '', to, version) : [],
    ...contractSteps(relation, from, to, step),
  ];
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** RENAME COLUMN by way of a second column. */
export function renameInSteps(step: Step, action: Action): Rewrite {
  const { catalog, version } = step.surroundings;
  const relation = action.relation ?? '';
  const from = action.column ?? '';
  const known = catalog.tryFind(relation);
  const column = tryFindColumn(known, from);
  const to = action.name ?? '';
  return [
    ...shadowSteps({ relation, from, to, type: column ? typeText(column.type) : 'text', forward: (value) => value, back: (value) => value }, step),
    ...column?.notNull === 'yes' ? notNullInSteps(relation, known?.name ?? '', to, version) : [],
    ...contractSteps(relation, from, to, step),
  ];
}
