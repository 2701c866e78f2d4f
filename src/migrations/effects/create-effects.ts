import type { CreateStmt, CreateTableAsStmt, CreateTrigStmt, IndexStmt, ViewStmt } from 'libpg-query';
import { lockAll, type Action, type Lock, type Surroundings, type Work } from './effect';
import { defaultPartitionsOf, familyOf, storedOf, workOn } from './storage';
import { indexOf } from '../catalog/apply-create';
import { unknownRelation } from '../catalog/catalog';
import { allOf, as, rangesIn } from '../sql/node';

/** CREATE TABLE: the new table is nobody's yet; those that it references, inherits from or divides are somebody's. */
export function createTable(statement: CreateStmt, { catalog }: Surroundings): Action {
  const id = catalog.idOf(statement.relation ?? {});
  const clauses = allOf(statement.tableElts, 'ColumnDef').flatMap(({ constraints }) => allOf(constraints, 'Constraint')).concat(allOf(statement.tableElts, 'Constraint'));
  const referenced = clauses.flatMap(({ pktable }) => pktable ? [catalog.idOf(pktable)] : []).filter((each) => each !== id);
  const parents = allOf(statement.inhRelations, 'RangeVar').map((range) => catalog.idOf(range));
  const templates = allOf(statement.tableElts, 'TableLikeClause').flatMap(({ relation }) => relation ? [catalog.idOf(relation)] : []);
  const isPartition = statement.partbound !== undefined;
  const others = isPartition ? parents.flatMap((parent) => defaultPartitionsOf(parent, catalog)) : [];
  const inherited = (isPartition ? parents : []).flatMap((parent) => catalog.tryFind(parent)?.constraints ?? [])
    .flatMap(({ references }) => references?.relation ?? []);
  const exists = statement.if_not_exists === true && catalog.tryFind(id) !== undefined;
  return {
    command: isPartition ? 'CREATE TABLE PARTITION OF' : 'CREATE TABLE',
    relation: id,
    node: { CreateStmt: statement },
    locks: exists ? [] : [
      ...lockAll([...referenced, ...inherited].flatMap((each) => familyOf(each, catalog)), 'SHARE ROW EXCLUSIVE'),
      ...lockAll(parents, isPartition ? 'ACCESS EXCLUSIVE' : 'SHARE UPDATE EXCLUSIVE'),
      ...lockAll(others, 'ACCESS EXCLUSIVE'),
      ...lockAll(templates, 'ACCESS SHARE'),
    ],
    work: exists ? [] : others.map((each): Work => ({ kind: 'scan', relation: each, because: 'rows of the new partition are looked for' })),
    refusal: !exists && statement.if_not_exists !== true && catalog.tryFind(id) ? { sqlstate: '42P07', message: `${id} exists already` } : undefined,
  };
}

/** CREATE INDEX. */
export function createIndex(statement: IndexStmt, { catalog, version }: Surroundings): Action {
  const id = catalog.idOf(statement.relation ?? {});
  const relation = catalog.tryFind(id);
  const isConcurrent = statement.concurrent === true;
  const inherits = statement.relation?.inh === true;
  const exists = statement.if_not_exists === true && relation?.indexes.some(({ name }) => name === statement.idxname) === true;
  const family = relation?.kind === 'partitioned table' ? familyOf(id, catalog, inherits) : [id];
  const isTaken = statement.idxname !== undefined && statement.if_not_exists !== true
    && catalog.tryFindTableOfIndex(statement.relation?.schemaname, statement.idxname) !== undefined;
  const isTooNew = statement.nulls_not_distinct === true && version < 15;
  return {
    command: isConcurrent ? 'CREATE INDEX CONCURRENTLY' : 'CREATE INDEX',
    relation: id,
    name: indexOf(statement, relation ?? unknownRelation(id, '', statement.relation?.relname ?? '')).name,
    node: { IndexStmt: statement },
    locks: lockAll(exists ? [id] : family, isConcurrent ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE'),
    work: exists ? [] : family.filter((each) => catalog.tryFind(each)?.kind !== 'partitioned table').map((each): Work => ({ kind: 'index build', relation: each, because: 'every row is read and sorted' })),
    needsNoTransaction: isConcurrent,
    refusal: isConcurrent && relation?.kind === 'partitioned table'
      ? { sqlstate: '0A000', message: 'an index of a partitioned table cannot be built concurrently' }
      : isTooNew ? { sqlstate: '42601', message: 'NULLS NOT DISTINCT is known to PostgreSQL 15 and later' }
        : isTaken
          ? { sqlstate: '42P07', message: `${statement.idxname} exists already` } : undefined,
  };
}

/** CREATE VIEW. */
export function createView(statement: ViewStmt, { catalog }: Surroundings): Action {
  const id = catalog.idOf(statement.view ?? {});
  const replaced: Lock[] = statement.replace && catalog.tryFind(id) ? lockAll([id], 'ACCESS EXCLUSIVE') : [];
  return {
    command: statement.replace ? 'CREATE OR REPLACE VIEW' : 'CREATE VIEW',
    relation: id,
    node: { ViewStmt: statement },
    locks: [...lockAll(rangesIn(statement.query).map((range) => catalog.idOf(range)), 'ACCESS SHARE'), ...replaced],
    work: [],
  };
}

/** CREATE TABLE AS and CREATE MATERIALIZED VIEW. */
export function createTableAs(statement: CreateTableAsStmt, { catalog }: Surroundings): Action {
  const sources = rangesIn(statement.query).map((range) => catalog.idOf(range)).flatMap((each) => familyOf(each, catalog));
  return {
    command: statement.objtype === 'OBJECT_MATVIEW' ? 'CREATE MATERIALIZED VIEW' : 'CREATE TABLE AS',
    relation: catalog.idOf(statement.into?.rel ?? {}),
    node: { CreateTableAsStmt: statement },
    locks: lockAll(sources, 'ACCESS SHARE'),
    work: statement.into?.skipData ? [] : sources.filter((each) => storedOf(each, catalog).includes(each)).map((each): Work => ({ kind: 'scan', relation: each, because: 'the query reads it' })),
  };
}

/** CREATE TRIGGER. */
export function createTrigger(statement: CreateTrigStmt, { catalog }: Surroundings): Action {
  const id = catalog.idOf(statement.relation ?? {});
  const isForRows = statement.row === true && catalog.tryFind(id)?.kind === 'partitioned table';
  return {
    command: 'CREATE TRIGGER',
    relation: id,
    name: statement.trigname,
    node: { CreateTrigStmt: statement },
    locks: lockAll([...isForRows ? familyOf(id, catalog) : [id], ...statement.constrrel ? [catalog.idOf(statement.constrrel)] : []], 'SHARE ROW EXCLUSIVE'),
    work: [],
  };
}

/** REFRESH MATERIALIZED VIEW. */
export function refresh(node: NonNullable<ReturnType<typeof as<'RefreshMatViewStmt'>>>, { catalog }: Surroundings): Action {
  const id = catalog.idOf(node.relation ?? {});
  const sources = catalog.tryFind(id)?.reads.flatMap(({ relation }) => familyOf(relation, catalog)) ?? [];
  return {
    command: node.concurrent ? 'REFRESH MATERIALIZED VIEW CONCURRENTLY' : 'REFRESH MATERIALIZED VIEW',
    relation: id,
    node: { RefreshMatViewStmt: node },
    locks: [...lockAll([id], node.concurrent ? 'EXCLUSIVE' : 'ACCESS EXCLUSIVE'), ...lockAll(sources, 'ACCESS SHARE')],
    refusal: node.concurrent && catalog.tryFind(id)?.indexes.some(({ isUnique, isPlain }) => isUnique && isPlain) === false
      ? { sqlstate: '55000', message: `${id} has no unique index without a WHERE, which CONCURRENTLY needs` } : undefined,
    work: node.skipData ? [] : [
      ...node.concurrent ? workOn('scan', id, catalog, 'it is compared with what it becomes') : workOn('rewrite', id, catalog, 'all of it is written again'),
      ...sources.filter((each) => storedOf(each, catalog).includes(each)).map((each): Work => ({ kind: 'scan', relation: each, because: 'the query reads it' })),
    ],
  };
}
