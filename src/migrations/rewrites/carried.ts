import { areNumbers } from './casts';
import { notValidThenValidate } from './constraints';
import { tryWriteExpression } from './expression';
import { concurrentIndexStep } from './indexes';
import { freeConstraintName, freeRelationName } from './names';
import type { Rewrite } from './rewrite';
import { qualifiedName, quoteIdentifier, quoteLiteral } from '../../sql/quote';
import type { Column, Constraint, Index, Relation } from '../catalog/relation';
import type { SqlType } from '../catalog/sql-type';
import type { Surroundings } from '../effects/effect';
import { isNull } from '../sql/node';

/** A column that another takes the place of. */
export interface Move extends Surroundings {
  readonly relation: Relation;
  readonly from: Column;
  readonly to: string;
  readonly type: SqlType;
}

/** What the new column gets that the old one has. */
export interface Carried {
  /** While both are there. */
  readonly expand: Rewrite;
  /** When nothing follows the old column any more, and when it is gone. */
  readonly unbound: readonly string[];
  readonly contract: readonly string[];
}

const NOTHING: Carried = { expand: [], unbound: [], contract: [] };

/** What makes of the new column all that the old one is; nothing where a part of it cannot be made again, or keeps the old one. */
export function tryCarry(move: Move): Carried | undefined {
  const { relation, from } = move;
  const isOf = ({ columns }: { readonly columns: readonly string[] }) => columns.includes(from.name);
  const parts = isHeld(move) ? [undefined] : [
    defaultOf(move),
    ...relation.indexes.filter(isOf).map((index) => indexOf(move, index)),
    ...relation.constraints.filter(isOf).filter(({ kind }) => kind === 'CHECK').map((check) => checkOf(move, check)),
  ];
  return parts.reduce((all, part) => all && part && {
    expand: [...all.expand, ...part.expand], unbound: [...all.unbound, ...part.unbound], contract: [...all.contract, ...part.contract],
  }, NOTHING);
}

/** Whether something else stands on the column, so that it cannot be dropped, or could not be made again. */
function isHeld({ catalog, relation, from, type }: Move): boolean {
  const isOf = ({ columns }: { readonly columns: readonly string[] }) => columns.includes(from.name);
  const isKey = relation.constraints.some((constraint) => constraint.kind === 'PRIMARY KEY' && isOf(constraint));
  const heirs = catalog.descendantsOf(relation.id);
  return !relation.isKnown || from.generated !== undefined
    // PostgreSQL writes the table anew for a column of such a domain.
    || catalog.tryFindType(type.name)?.isConstrained === true
    // A generated column may be worked out from it.
    || relation.columns.some(({ generated }) => generated !== undefined)
    || relation.constraints.some((constraint) => ['FOREIGN KEY', 'EXCLUDE'].includes(constraint.kind) && isOf(constraint))
    || catalog.referencing(relation.id).some(({ constraint: { references } }) =>
      references?.columns.includes(from.name) || (references?.columns.length === 0 && isKey))
    || catalog.readersOf(relation.id, from.name).length > 0
    || relation.triggers.some((trigger) => catalog.functionsByName.get(trigger.function)?.body?.rowColumns.includes(from.name))
    || relation.parents.length > 0
    || (relation.kind === 'table' && heirs.length > 0)
    || (relation.kind === 'partitioned table' && (isMaybePartitionKey(relation, from.name) || heirs.some(({ indexes }) => indexes.some(isOf))));
}

/** The key of the partitions is part of every key of the table. */
function isMaybePartitionKey(relation: Relation, column: string): boolean {
  const keys = relation.constraints.filter(({ kind }) => kind === 'PRIMARY KEY' || kind === 'UNIQUE');
  return keys.length === 0 || relation.indexes.some(({ columns }) => columns.includes(column));
}

/** While a trigger keeps both alike, the default of the old column serves both. */
function defaultOf({ catalog, relation, from, to, type }: Move): Carried | undefined {
  const column = quoteIdentifier(to);
  if (!from.identity) {
    const text = from.default === undefined || isNull(from.default) ? '' : tryWriteExpression(from.default, catalog);
    return text === '' ? NOTHING : text === undefined ? undefined : { ...NOTHING, unbound: [`ALTER TABLE ${relation.id} ALTER COLUMN ${column} SET DEFAULT ${text};`] };
  }
  const isIndexed = relation.indexes.some(({ isPlain, method, columns }) => isPlain && method === 'btree' && columns[0] === from.name);
  const sequence = qualifiedName([relation.schema, freeRelationName(catalog, relation.schema, relation.name, to, 'seq')]);
  return !isIndexed || !areNumbers(type) ? undefined : {
    ...NOTHING,
    unbound: [
      `CREATE SEQUENCE ${sequence} OWNED BY ${relation.id}.${column};`,
      `SELECT setval(${quoteLiteral(sequence)}, (SELECT coalesce(max(${column}), 0)::bigint + 1 FROM ${relation.id}), false);`,
      `ALTER TABLE ${relation.id} ALTER COLUMN ${column} SET DEFAULT nextval(${quoteLiteral(sequence)});`,
    ],
  };
}

function indexOf({ catalog, version, relation, from, to }: Move, index: Index): Carried | undefined {
  const { name, columns, isUnique, isPlain, method, constraint } = index;
  const renamed = columns.map((column) => column === from.name ? to : column);
  const made = freeRelationName(catalog, relation.schema, name, 'new');
  const kind = relation.constraints.find((each) => each.name === constraint)?.kind;
  // Before 12 nothing spares a primary key to read its columns for null.
  if (!isPlain || (kind === 'PRIMARY KEY' && version < 12)) {
    return undefined;
  }
  const place = `${relation.id} USING ${method} (${renamed.map(quoteIdentifier).join(', ')})`;
  const sql = `CREATE ${isUnique ? 'UNIQUE ' : ''}INDEX CONCURRENTLY ${quoteIdentifier(made)} ON ${place};`;
  return {
    ...NOTHING,
    expand: concurrentIndexStep(relation.id, made, sql, relation.schema),
    contract: [constraint === undefined
      ? `ALTER INDEX ${qualifiedName([relation.schema, made])} RENAME TO ${quoteIdentifier(name)};`
      : `ALTER TABLE ${relation.id} ADD CONSTRAINT ${quoteIdentifier(constraint)} ${kind} USING INDEX ${quoteIdentifier(made)};`],
  };
}

function checkOf({ catalog, relation, from, to }: Move, { name, expression, isValidated }: Constraint): Carried | undefined {
  const text = tryWriteExpression(expression, catalog, (column) => column === from.name ? to : column);
  const made = freeConstraintName(relation, name, 'new');
  return text === undefined ? undefined : {
    ...NOTHING,
    expand: notValidThenValidate(relation.id, made, `CHECK (${text})`).slice(0, isValidated ? 2 : 1),
    contract: [`ALTER TABLE ${relation.id} RENAME CONSTRAINT ${quoteIdentifier(made)} TO ${quoteIdentifier(name)};`],
  };
}
