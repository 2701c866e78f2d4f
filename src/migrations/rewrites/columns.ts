import type { ColumnDef } from 'libpg-query';
import { tryBackfillStep } from './backfill';
import { dependsOnZone, isCastBothWays, isText, underlying } from './casts';
import { bareClause, canBeNotValid, notNullInSteps, notValidThenValidate } from './constraints';
import { clauseTextsOf, collationTextOf, tryFindText, tryFindUsing, typeTextOf, type ClauseText } from './fragment';
import { constraintUsingIndex } from './indexes';
import { fieldName, freeColumnName, freeRelationName } from './names';
import type { Rewrite } from './rewrite';
import { shadowInSteps } from './shadow';
import { qualifiedName, quoteIdentifier, quoteLiteral } from '../../sql/quote';
import { unknownRelation } from '../catalog/catalog';
import { columnOf, withColumn } from '../catalog/column-of';
import { tryFindColumn, type Column, type Relation } from '../catalog/relation';
import { isSerial, typeText } from '../catalog/sql-type';
import { volatileIn } from '../catalog/volatility';
import type { Action } from '../effects/effect';
import { as, isNull, namesOf } from '../sql/node';
import type { Step } from '../step';

/** A column that is to be added, with what is written of it. */
interface Added {
  readonly id: string;
  readonly relation: Relation;
  readonly definition: ColumnDef;
  readonly column: Column;
  readonly clauses: readonly ClauseText[];
  readonly text: string;
}

/** ADD COLUMN in steps: the bare column first, then its default, its rows and its constraints; nothing where that comes to something else. */
export function columnInSteps(step: Step, action: Action): Rewrite | undefined {
  const { catalog } = step.surroundings;
  const definition = as(as(action.node, 'AlterTableCmd')?.def, 'ColumnDef') ?? {};
  const column = columnOf(definition, catalog);
  const text = tryFindText(step, action);
  const id = action.relation ?? '';
  const table = as(step.statement.node, 'AlterTableStmt')?.relation;
  const relation = catalog.tryFind(id) ?? unknownRelation(id, table?.schemaname ?? catalog.currentSchema, table?.relname ?? '');
  return text === undefined || column.generated !== undefined
    ? undefined : joined(addedInSteps(step, { id, relation, definition, column, clauses: clauseTextsOf(definition, text), text }));
}

/** Steps one after the other; nothing where one of them is missing. */
function joined(parts: readonly (Rewrite | undefined)[]): Rewrite | undefined {
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
}

function addedInSteps({ surroundings }: Step, added: Added): readonly (Rewrite | undefined)[] {
  const { id, relation, definition, column, clauses, text } = added;
  const { catalog } = surroundings;
  const quoted = quoteIdentifier(column.name);
  const sequence = column.identity ? qualifiedName([relation.schema, freeRelationName(catalog, relation.schema, relation.name, column.name, 'seq')]) : undefined;
  const isDomain = underlying(column.type, catalog).name !== column.type.name && catalog.tryFindType(column.type.name)?.isConstrained === true;
  const type = isDomain || isSerial(definition.typeName) ? typeText(underlying(column.type, catalog)) : typeTextOf(definition, text);
  const options = /\(([^]*)\)\s*$/.exec(clauses.find(({ node }) => node.contype === 'CONSTR_IDENTITY')?.text ?? '')?.[1];
  const given = isNull(column.default) ? undefined : clauses.find(({ node }) => node.contype === 'CONSTR_DEFAULT')?.expression;
  const value = sequence === undefined ? given : `nextval(${quoteLiteral(sequence)})`;
  const isConstant = sequence === undefined && value !== undefined && volatileIn(column.default, catalog) === undefined;
  const isGiven = column.notNull === 'yes' && isConstant;
  const bare = `${quoted} ${type}${collationTextOf(definition)}${isConstant ? ` DEFAULT ${value}` : ''}${isGiven ? ' NOT NULL' : ''}`;
  const backfill = value === undefined || isConstant ? undefined : tryBackfillStep({
    title: 'old rows get theirs, a thousand at a time', assignments: `${quoted} = ${value}`, condition: `${quoted} IS NULL`,
  }, id, catalog);
  return [
    sequence === undefined ? [] : [{ title: 'the numbers come from here', sql: `CREATE SEQUENCE ${sequence}${options === undefined ? '' : ` ${options}`};` }],
    [{ title: 'the column alone; a lock for a moment', sql: `ALTER TABLE ${id} ADD COLUMN ${bare};` }],
    sequence === undefined ? [] : [{ title: 'they go with the column', sql: `ALTER SEQUENCE ${sequence} OWNED BY ${id}.${quoted};` }],
    value === undefined || isConstant ? [] : backfill && [
      { title: 'new rows get a value', sql: `ALTER TABLE ${id} ALTER COLUMN ${quoted} SET DEFAULT ${value};` }, backfill,
    ],
    column.notNull === 'yes' && !isGiven ? notNullInSteps(surroundings, id, column.name) : [],
    ...constraintsInSteps(surroundings, added),
  ];
}

/** The constraints of a new column, each under the name that PostgreSQL would have given it. */
function constraintsInSteps(surroundings: Step['surroundings'], { id, relation, definition, column, clauses }: Added): readonly (Rewrite | undefined)[] {
  const made = withColumn(relation, definition, surroundings.catalog).constraints.slice(relation.constraints.length);
  const written = clauses.filter(({ node }) => made.length > 0 && CONSTRAINTS.has(node.contype ?? ''));
  return written.map(({ node, text, isDeferrable, isDeferred }, index) => {
    const { name } = made[index];
    const isOfColumn = node.contype === 'CONSTR_FOREIGN';
    if (node.contype === 'CONSTR_CHECK' || isOfColumn) {
      const clause = `${isOfColumn ? `FOREIGN KEY (${quoteIdentifier(column.name)}) ` : ''}${bareClause(text)}`;
      return canBeNotValid(id, node.contype, surroundings) ? notValidThenValidate(id, name, clause) : undefined;
    }
    return constraintUsingIndex(surroundings, id, {
      ...node, name, kind: node.contype === 'CONSTR_UNIQUE' ? 'UNIQUE' : 'PRIMARY KEY', columns: [column.name], isGiven: column.notNull === 'yes', isDeferrable, isDeferred,
    });
  });
}

const CONSTRAINTS = new Set(['CONSTR_CHECK', 'CONSTR_FOREIGN', 'CONSTR_UNIQUE', 'CONSTR_PRIMARY']);

/** ALTER COLUMN TYPE by way of a column of the new type. */
export function typeChangeInSteps(step: Step, action: Action): Rewrite | undefined {
  const { surroundings } = step;
  const { catalog } = surroundings;
  const relation = catalog.tryFind(action.relation ?? '');
  const from = tryFindColumn(relation, action.column);
  const definition = as(as(action.node, 'AlterTableCmd')?.def, 'ColumnDef');
  const text = tryFindText(step, action);
  if (relation === undefined || from === undefined || definition === undefined || text === undefined) {
    return undefined;
  }
  const type = catalog.resolve(definition.typeName);
  const old = `NEW.${fieldName(from.name)}`;
  const to = freeColumnName(relation, from.name, 'new');
  const forward = definition.raw_default === undefined ? old : tryFindUsing(definition, text, relation.columns.map(({ name }) => name));
  const cast = as(definition.raw_default, 'TypeCast')?.arg ?? definition.raw_default;
  const isCast = cast === undefined || namesOf(as(cast, 'ColumnRef')?.fields).slice(-1)[0] === from.name;
  const isBothWays = isCast && isCastBothWays(from.type, type, catalog);
  // A default of the old type may be none of the new one; a condition of the old column may refuse that it stays empty.
  const hasDefault = from.default !== undefined && !isNull(from.default);
  const isLost = isBothWays ? hasDefault && isText(from.type) && !isText(type)
    : hasDefault || relation.constraints.some(({ kind, columns }) => (kind === 'CHECK' || kind === 'PRIMARY KEY') && columns.includes(from.name));
  return forward === undefined || isLost ? undefined : shadowInSteps({
    ...surroundings,
    relation,
    from,
    to,
    type,
    forward,
    definition: `${typeTextOf(definition, text)}${collationTextOf(definition)}`,
    back: isBothWays ? `NEW.${fieldName(to)}::${typeText(from.type)}` : undefined,
    isZoned: dependsOnZone(underlying(from.type, catalog), underlying(type, catalog)),
  });
}

/** RENAME COLUMN by way of a second column. */
export function renameInSteps({ surroundings }: Step, action: Action): Rewrite | undefined {
  const { catalog } = surroundings;
  const relation = catalog.tryFind(action.relation ?? '');
  const from = tryFindColumn(relation, action.column);
  const { name: to = '' } = action;
  return relation && from && shadowInSteps({
    ...surroundings,
    relation,
    from,
    to,
    type: from.type,
    definition: typeText(from.type),
    forward: `NEW.${fieldName(from.name)}`,
    back: `NEW.${fieldName(to)}`,
    isZoned: false,
  });
}
