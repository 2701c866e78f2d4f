import type { AlterObjectSchemaStmt, DropStmt, Node, RenameStmt, TruncateStmt } from 'libpg-query';
import { lockAll, type Action, type Lock, type Refusal, type Surroundings } from './effect';
import { defaultPartitionsOf, familyOf } from './storage';
import { qualifiedName } from '../../sql/quote';
import { schemaAndName } from '../catalog/apply-drop';
import type { Catalog } from '../catalog/catalog';
import { allOf, as, dottedOf } from '../sql/node';

type Dropped = Pick<Action, 'relation' | 'name' | 'locks' | 'refusal'>;
type DropEffect = (object: Node, statement: DropStmt, catalog: Catalog) => Dropped;

/** DROP of anything. */
export function drop(statement: DropStmt, { catalog }: Surroundings): Action[] {
  const effect = DROPS[statement.removeType ?? ''] ?? (() => ({ locks: [] }));
  const words = (statement.removeType ?? '').replace('OBJECT_', '').replace('MATVIEW', 'MATERIALIZED VIEW').replace('_', ' ');
  return (statement.objects ?? []).map((object) => ({
    name: qualifiedName(dottedOf(object)),
    ...effect(object, statement, catalog),
    command: `DROP ${words}${statement.concurrent ? ' CONCURRENTLY' : ''}`,
    node: { DropStmt: statement },
    work: [],
    needsNoTransaction: statement.concurrent === true,
  }));
}

const DROPS: Readonly<Record<string, DropEffect>> = {
  OBJECT_TABLE: dropTable,
  OBJECT_FOREIGN_TABLE: dropTable,
  OBJECT_VIEW: dropTable,
  OBJECT_MATVIEW: dropTable,
  OBJECT_INDEX: (object, { concurrent, missing_ok: mayBeMissing }, catalog) => {
    const { schema, name } = schemaAndName(dottedOf(object));
    const table = catalog.tryFindTableOfIndex(schema, name);
    const constraint = table?.indexes.find((index) => index.name === name)?.constraint;
    return {
      relation: table?.id,
      name,
      locks: table ? lockAll(familyOf(table.id, catalog, table.kind === 'partitioned table'), concurrent ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE') : [],
      refusal: constraint !== undefined && !mayBeMissing ? { sqlstate: '2BP01', message: `constraint ${constraint} requires the index` } : undefined,
    };
  },
  OBJECT_TRIGGER: ofTable,
  OBJECT_POLICY: ofTable,
  OBJECT_RULE: ofTable,
  OBJECT_SEQUENCE: () => ({ locks: [] }),
  OBJECT_TYPE: (object, statement, catalog) => ofType(object, statement, catalog),
  OBJECT_DOMAIN: (object, statement, catalog) => ofType(object, statement, catalog),
  OBJECT_SCHEMA: (object, { behavior }, catalog) => {
    const [schema] = dottedOf(object);
    const held = catalog.relations.filter((relation) => relation.schema === schema);
    return {
      locks: lockAll(held.filter(({ kind }) => kind !== 'sequence').map(({ id }) => id), 'ACCESS EXCLUSIVE'),
      refusal: held.length > 0 && behavior !== 'DROP_CASCADE' ? { sqlstate: '2BP01', message: `${held[0].id} is in the schema` } : undefined,
    };
  },
};

function dropTable(object: Node, { behavior, missing_ok: mayBeMissing, removeType, objects = [] }: DropStmt, catalog: Catalog): Dropped {
  const id = catalog.idOfNames(dottedOf(object));
  const relation = catalog.tryFind(id);
  if (relation === undefined && mayBeMissing) {
    return { relation: id, locks: [] };
  }
  const isCascade = behavior === 'DROP_CASCADE';
  const gone = objects.map((each) => catalog.idOfNames(dottedOf(each)));
  const parents = relation?.constraints.flatMap(({ references }) => references?.relation ?? []) ?? [];
  const referencing = catalog.referencing(id).map((each) => each.relation.id).filter((each) => each !== id);
  const views = catalog.readersOf(id).map((view) => view.id);
  const divided = relation?.isPartition ? relation.parents.flatMap((parent) => [parent, ...defaultPartitionsOf(parent, catalog)]) : [];
  const locks: Lock[] = lockAll([...familyOf(id, catalog), ...parents, ...divided, ...isCascade ? [...referencing, ...views] : []], 'ACCESS EXCLUSIVE');
  const heirs = catalog.descendantsOf(id).filter(({ isPartition }) => !isPartition).map((heir) => heir.id);
  const needs = [...referencing, ...views, ...heirs].filter((each) => !gone.includes(each));
  const refusal: Refusal | undefined = needs.length > 0 && !isCascade
    ? { sqlstate: '2BP01', message: `${needs[0]} depends on it` }
    : relation !== undefined && wrongKind(relation.kind, removeType) ? { sqlstate: '42809', message: `${id} is a ${relation.kind}` } : undefined;
  return { relation: id, locks, refusal };
}

const KINDS: Readonly<Record<string, readonly string[]>> = {
  OBJECT_TABLE: ['table', 'partitioned table'], OBJECT_VIEW: ['view'], OBJECT_MATVIEW: ['materialized view'], OBJECT_FOREIGN_TABLE: ['foreign table'],
};

function wrongKind(kind: string, removeType: string | undefined): boolean {
  return !KINDS[removeType ?? ''].includes(kind);
}

function ofTable(object: Node, _statement: DropStmt, catalog: Catalog): Dropped {
  const names = dottedOf(object);
  const table = catalog.idOfNames(names.slice(0, -1));
  return { relation: table, name: names[names.length - 1], locks: lockAll([table], 'ACCESS EXCLUSIVE') };
}

function ofType(object: Node, { behavior }: DropStmt, catalog: Catalog): Dropped {
  const names = dottedOf({ List: { items: as(object, 'TypeName')?.names } });
  const type = catalog.tryFindType(qualifiedName(names));
  const users = catalog.relations.filter(({ columns }) => columns.some((column) => column.type.name === type?.id)).map(({ id }) => id);
  return {
    name: qualifiedName(names),
    locks: behavior === 'DROP_CASCADE' ? lockAll(users, 'ACCESS EXCLUSIVE') : [],
    refusal: users.length > 0 && behavior !== 'DROP_CASCADE' ? { sqlstate: '2BP01', message: `a column of ${users[0]} has the type` } : undefined,
  };
}

/** RENAME of anything. */
export function rename(statement: RenameStmt, { catalog, version }: Surroundings): Action {
  const { renameType = '', relation: range = {}, subname, newname } = statement;
  const id = catalog.idOf(range);
  const isIndex = renameType === 'OBJECT_INDEX' || catalog.tryFindTableOfIndex(range.schemaname, range.relname ?? '') !== undefined;
  const isOfTable = ['OBJECT_TABLE', 'OBJECT_COLUMN', 'OBJECT_TABCONSTRAINT', 'OBJECT_TRIGGER', 'OBJECT_POLICY', 'OBJECT_RULE', 'OBJECT_VIEW', 'OBJECT_MATVIEW'].includes(renameType);
  const relation = catalog.tryFind(id);
  const recurses = ['OBJECT_COLUMN', 'OBJECT_TABCONSTRAINT'].includes(renameType) || (renameType === 'OBJECT_TRIGGER' && relation?.kind === 'partitioned table');
  return {
    command: isIndex ? 'RENAME INDEX' : `RENAME ${renameType.replace('OBJECT_', '').replace('TABCONSTRAINT', 'CONSTRAINT').replace('MATVIEW', 'MATERIALIZED VIEW')}`,
    relation: isOfTable ? id : undefined,
    column: renameType === 'OBJECT_COLUMN' ? subname : undefined,
    name: newname,
    node: { RenameStmt: statement },
    // An index is locked alone, and never its table.
    locks: isOfTable && !isIndex && !(relation === undefined && statement.missing_ok) && version > 0 ? lockAll(familyOf(id, catalog, recurses), 'ACCESS EXCLUSIVE') : [],
    work: [],
    refusal: renameType === 'OBJECT_COLUMN' && relation?.isKnown && relation.kind === 'table' && !relation.columns.some(({ name }) => name === subname)
      ? { sqlstate: '42703', message: `column ${subname} of ${id} does not exist` } : undefined,
  };
}

/** SET SCHEMA. */
export function setSchema(statement: AlterObjectSchemaStmt, { catalog }: Surroundings): Action {
  const id = statement.relation && catalog.idOf(statement.relation);
  return { command: 'SET SCHEMA', relation: id, name: statement.newschema, node: { AlterObjectSchemaStmt: statement }, locks: id === undefined ? [] : lockAll([id], 'ACCESS EXCLUSIVE'), work: [] };
}

/** TRUNCATE: gives each table new files, which takes no time and leaves no row. */
export function truncate(statement: TruncateStmt, { catalog }: Surroundings): Action[] {
  const named = allOf(statement.relations, 'RangeVar');
  const tables = named.flatMap((range) => familyOf(catalog.idOf(range), catalog, range.inh === true));
  const isCascade = statement.behavior === 'DROP_CASCADE';
  const reached = isCascade ? cascade(tables, catalog) : tables;
  const outside = tables.flatMap((each) => catalog.referencing(each)).filter(({ relation }) => !tables.includes(relation.id));
  return [{
    command: isCascade ? 'TRUNCATE CASCADE' : 'TRUNCATE',
    relation: tables[0],
    node: { TruncateStmt: statement },
    locks: lockAll(reached, 'ACCESS EXCLUSIVE'),
    work: [],
    refusal: !isCascade && outside.length > 0 ? { sqlstate: '0A000', message: `${outside[0].relation.id} references it` } : undefined,
  }];
}

function cascade(tables: readonly string[], catalog: Catalog): readonly string[] {
  const next = tables.flatMap((each) => catalog.referencing(each)).flatMap(({ relation }) => familyOf(relation.id, catalog))
    .filter((each) => !tables.includes(each));
  return next.length === 0 ? tables : cascade([...new Set([...tables, ...next])], catalog);
}
