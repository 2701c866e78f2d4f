import type { Constraint as ConstraintNode } from 'libpg-query';
import type { Catalog } from './catalog';
import type { Constraint, ConstraintKind, Index, Relation } from './relation';
import { madeName } from '../../sql/quote';
import { columnsIn, namesOf, as } from '../sql/node';

const KINDS: Readonly<Record<string, ConstraintKind>> = {
  CONSTR_CHECK: 'CHECK', CONSTR_UNIQUE: 'UNIQUE', CONSTR_PRIMARY: 'PRIMARY KEY', CONSTR_EXCLUSION: 'EXCLUDE', CONSTR_FOREIGN: 'FOREIGN KEY',
};

const SUFFIXES: Readonly<Record<ConstraintKind, string>> = {
  'CHECK': 'check', 'UNIQUE': 'key', 'PRIMARY KEY': 'pkey', 'EXCLUDE': 'excl', 'FOREIGN KEY': 'fkey',
};

/** The constraint that a clause makes, of a table or of one of its columns; nothing for NOT NULL, DEFAULT and the like. */
export function tryConstraintOf(node: ConstraintNode, relation: Relation, catalog: Catalog, column?: string): Constraint | undefined {
  const kind = KINDS[node.contype ?? ''];
  if (kind === undefined) {
    return undefined;
  }
  const columns = columnsOf(node, kind, column);
  const name = node.conname ?? freeName(relation, nameParts(relation, kind, columns));
  return {
    name,
    kind,
    columns: columns.length > 0 ? columns : tryFindIndex(relation, node.indexname)?.columns ?? [],
    isValidated: node.skip_validation !== true && (node.is_enforced === true || !['CHECK', 'FOREIGN KEY'].includes(kind)),
    expression: node.raw_expr,
    references: node.pktable === undefined ? undefined : { relation: catalog.idOf(node.pktable), columns: namesOf(node.pk_attrs) },
  };
}

function columnsOf(node: ConstraintNode, kind: ConstraintKind, column: string | undefined): readonly string[] {
  switch (kind) {
    case 'CHECK': return columnsIn(node.raw_expr);
    case 'FOREIGN KEY': return column === undefined ? namesOf(node.fk_attrs) : [column];
    case 'EXCLUDE': return (node.exclusions ?? []).flatMap((pair) => as(as(pair, 'List')?.items?.[0], 'IndexElem')?.name ?? []);
    default: return column === undefined ? namesOf(node.keys) : [column];
  }
}

function nameParts(relation: Relation, kind: ConstraintKind, columns: readonly string[]): readonly string[] {
  // A CHECK over several columns is named after the table alone, a primary key always.
  const isNamedAfterTable = kind === 'PRIMARY KEY' || (kind === 'CHECK' && columns.length !== 1);
  return [relation.name, ...isNamedAfterTable ? [] : columns, SUFFIXES[kind]];
}

/** The name that PostgreSQL makes for a key that is given none. */
export function keyName(relation: Relation, kind: ConstraintKind, columns: readonly string[]): string {
  return freeName(relation, nameParts(relation, kind, columns));
}

/** The name that PostgreSQL makes: with the first number that is free. */
export function freeName(relation: Relation, parts: readonly string[]): string {
  const taken = new Set([...relation.constraints, ...relation.indexes].map(({ name }) => name));
  const wanted = madeName(...parts);
  for (let number = 0; ; number += 1) {
    const name = number === 0 ? wanted : `${wanted}${number}`;
    if (!taken.has(name)) {
      return name;
    }
  }
}

/** The index that a constraint brings, or takes over. */
export function tryIndexOf(constraint: Constraint, node: ConstraintNode, relation: Relation): Index | undefined {
  if (!['UNIQUE', 'PRIMARY KEY', 'EXCLUDE'].includes(constraint.kind)) {
    return undefined;
  }
  const used = tryFindIndex(relation, node.indexname);
  return {
    name: constraint.name,
    columns: used?.columns ?? constraint.columns,
    isUnique: constraint.kind !== 'EXCLUDE',
    isPlain: constraint.kind !== 'EXCLUDE',
    method: node.access_method ?? 'btree',
    constraint: constraint.name,
    hasExpressions: false,
  };
}

/** The index of a name, where it is known. */
export function tryFindIndex(relation: Relation | undefined, name: string | undefined): Index | undefined {
  return relation?.indexes.find((index) => index.name === name);
}
