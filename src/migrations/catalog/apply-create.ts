import type { CreateStmt, CreateTableAsStmt, IndexStmt, Node, RangeVar, ViewStmt } from 'libpg-query';
import { unknownRelation, type Catalog } from './catalog';
import { withColumn, withConstraint } from './column-of';
import { freeName, keyName } from './constraint-of';
import { readsOf } from './reads-of';
import type { Column, Index, Relation, RelationKind } from './relation';
import { allOf, as, hasStar, namesOf } from '../sql/node';

/** A relation that is about to be made. */
export function newRelation(range: RangeVar | undefined, kind: RelationKind, catalog: Catalog, madeIn: string): Relation {
  const id = catalog.idOf(range ?? {});
  const blank = unknownRelation(id, range?.schemaname ?? catalog.currentSchema, range?.relname ?? '', kind);
  const persistence = range?.relpersistence === 'u' ? 'unlogged' : range?.relpersistence === 't' ? 'temporary' : 'permanent';
  return { ...blank, persistence, isKnown: true, madeIn };
}

/** CREATE TABLE. */
export function applyCreateTable(statement: CreateStmt, catalog: Catalog, madeIn: string): void {
  const made = newRelation(statement.relation, statement.partspec ? 'partitioned table' : 'table', catalog, madeIn);
  if (statement.if_not_exists && catalog.tryFind(made.id)) {
    return;
  }
  const parents = allOf(statement.inhRelations, 'RangeVar').map((range) => catalog.idOf(range));
  const bare: Relation = {
    ...made,
    parents,
    isPartition: statement.partbound !== undefined,
    isDefaultPartition: statement.partbound?.is_default === true,
    tablespace: statement.tablespacename,
    accessMethod: statement.accessMethod ?? 'heap',
  };
  const heir = parents.reduce((relation, parent) => inheriting(relation, catalog.tryFind(parent)), bare);
  // Columns first, as a constraint of the table may stand before the columns that it names.
  const elements = [...statement.tableElts ?? []].sort((one, other) => Number('Constraint' in one) - Number('Constraint' in other));
  catalog.put(elements.reduce((relation, element) => withElement(relation, element, catalog), heir));
}

function inheriting(relation: Relation, parent: Relation | undefined): Relation {
  if (parent === undefined) {
    return { ...relation, isKnown: false };
  }
  const columns = [...relation.columns, ...parent.columns];
  const inherited = parent.constraints.filter(({ kind }) => kind === 'CHECK' || (relation.isPartition && kind === 'FOREIGN KEY'));
  const heir = { ...relation, columns, constraints: [...relation.constraints, ...inherited] };
  return relation.isPartition ? parent.indexes.reduce<Relation>((partition, index) => withPartOf(index, parent, partition), heir) : heir;
}

/** A partition with its part of an index; one of a key brings its part of the key. */
function withPartOf(index: Index, parent: Relation, partition: Relation): Relation {
  const key = parent.constraints.find(({ name }) => name === index.constraint);
  const name = key === undefined ? freeName(partition, [partition.name, ...index.columns, 'idx']) : keyName(partition, key.kind, key.columns);
  return {
    ...partition,
    constraints: key === undefined ? partition.constraints : [...partition.constraints, { ...key, name }],
    indexes: [...partition.indexes, { ...index, name, constraint: key && name }],
  };
}

function withElement(relation: Relation, element: Node, catalog: Catalog): Relation {
  const definition = as(element, 'ColumnDef');
  const constraint = as(element, 'Constraint');
  const like = as(element, 'TableLikeClause');
  if (definition) {
    return withColumn(relation, definition, catalog);
  }
  if (constraint) {
    return withConstraint(relation, constraint, catalog);
  }
  const template = like?.relation && catalog.tryFind(catalog.idOf(like.relation));
  return template === undefined ? { ...relation, isKnown: false } : likeRelation(relation, template, like?.options ?? 0);
}

/** What INCLUDING adds to the number that PostgreSQL's parser gives: powers of two. */
const INCLUDING = { constraints: 4, defaults: 8, indexes: 64 };

function likeRelation(relation: Relation, template: Relation, options: number): Relation {
  const isIncluded = (bit: number) => Math.floor(options / bit) % 2 === 1;
  const constraints = template.constraints.filter(({ kind }) =>
    kind === 'CHECK' ? isIncluded(INCLUDING.constraints) : kind !== 'FOREIGN KEY' && isIncluded(INCLUDING.indexes));
  return {
    ...relation,
    columns: [...relation.columns, ...template.columns.map((column) => isIncluded(INCLUDING.defaults) ? column : { ...column, default: undefined })],
    constraints: [...relation.constraints, ...constraints],
    indexes: isIncluded(INCLUDING.indexes) ? template.indexes.map((index) => ({ ...index, name: freeName(relation, [relation.name, ...index.columns, 'idx']) })) : [],
  };
}

/** CREATE VIEW. */
export function applyCreateView(statement: ViewStmt, catalog: Catalog, madeIn: string): void {
  catalog.put({ ...newRelation(statement.view, 'view', catalog, madeIn), reads: readsOf(statement.query, catalog), columns: outputOf(statement.query) });
}

/** CREATE TABLE AS, CREATE MATERIALIZED VIEW and SELECT INTO. */
export function applyCreateTableAs(statement: CreateTableAsStmt, catalog: Catalog, madeIn: string): void {
  const isView = statement.objtype === 'OBJECT_MATVIEW';
  const made = newRelation(statement.into?.rel, isView ? 'materialized view' : 'table', catalog, madeIn);
  catalog.put({ ...made, isKnown: isView, reads: isView ? readsOf(statement.query, catalog) : [], columns: outputOf(statement.query) });
}

/** The columns of a query that have a name of their own; their types are not worked out. */
function outputOf(query: Node | undefined): readonly Column[] {
  const targets = allOf(as(query, 'SelectStmt')?.targetList, 'ResTarget');
  return hasStar(targets) ? [] : targets.flatMap(({ name, val }) => {
    const column = name ?? namesOf(as(val, 'ColumnRef')?.fields).slice(-1)[0];
    return column === undefined ? [] : [{ name: column, type: { name: 'unknown', modifiers: [], isArray: false }, notNull: 'no' as const, identity: false }];
  });
}

/** CREATE INDEX. */
export function applyCreateIndex(statement: IndexStmt, catalog: Catalog): void {
  const relation = catalog.tryFind(catalog.idOf(statement.relation ?? {}));
  if (relation && !(statement.if_not_exists && relation.indexes.some(({ name }) => name === statement.idxname))) {
    catalog.put({ ...relation, indexes: [...relation.indexes, indexOf(statement, relation)] });
  }
}

/** The index that a statement makes. */
export function indexOf(statement: IndexStmt, relation: Relation): Index {
  const elements = allOf(statement.indexParams, 'IndexElem');
  const columns = elements.flatMap(({ name }) => name ?? []);
  const hasExpressions = columns.length < elements.length;
  return {
    name: statement.idxname ?? freeName(relation, [relation.name, ...elements.map(({ name }) => name ?? 'expr'), 'idx']),
    columns,
    isUnique: statement.unique === true,
    isPlain: !hasExpressions && statement.whereClause === undefined,
    method: statement.accessMethod ?? 'btree',
    hasExpressions,
  };
}
