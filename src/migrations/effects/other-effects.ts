import type { AlterDomainStmt, ClusterStmt, LockStmt, Node, RangeVar, ReindexStmt, VacuumStmt } from 'libpg-query';
import { lockAll, type Action, type Surroundings, type Work } from './effect';
import { LOCK_MODES, type LockMode } from './lock-mode';
import { familyOf, storedOf } from './storage';
import { qualifiedName } from '../../sql/quote';
import type { Catalog } from '../catalog/catalog';
import { allOf, namesOf, rangesIn, nodesIn, as, stringOf } from '../sql/node';

/** Whether an option of VACUUM, REINDEX and the like is on. */
function hasOption(options: readonly Node[] | undefined, name: string): boolean {
  return allOf(options, 'DefElem').some(({ defname, arg }) => defname === name && !/^(false|off|0)$/.test(stringOf(arg) ?? ''));
}

/** REINDEX. */
export function reindex(statement: ReindexStmt, { catalog, version }: Surroundings): Action {
  const { kind = '', relation: range = {} } = statement;
  const isConcurrent = hasOption(statement.params, 'concurrently');
  const table = kind === 'REINDEX_OBJECT_INDEX' ? catalog.tryFindTableOfIndex(range.schemaname, range.relname ?? '')?.id
    : kind === 'REINDEX_OBJECT_TABLE' ? catalog.idOf(range) : undefined;
  const isWide = !['REINDEX_OBJECT_INDEX', 'REINDEX_OBJECT_TABLE'].includes(kind);
  const tables = table === undefined ? isWide ? catalog.relations.filter((each) => each.kind === 'table').map(({ id }) => id) : [] : catalog.tryFind(table)?.kind === 'partitioned table' ? storedOf(table, catalog) : [table];
  const hasIndex = (id: string) => catalog.tryFind(id)?.indexes.length !== 0 || catalog.tryFind(id)?.isKnown === false;
  return {
    command: `REINDEX${isConcurrent ? ' CONCURRENTLY' : ''}`,
    relation: table,
    name: range.relname ?? statement.name,
    node: { ReindexStmt: statement },
    locks: lockAll(tables, isConcurrent ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE'),
    work: tables.filter(hasIndex).map((relation): Work => ({ kind: 'index build', relation, because: 'the index is built again' })),
    needsNoTransaction: isConcurrent || isWide,
    refusal: isConcurrent && version < 12 ? { sqlstate: '42601', message: 'REINDEX CONCURRENTLY is known to PostgreSQL 12 and later' } : undefined,
  };
}

/** VACUUM and ANALYZE. */
export function vacuum(statement: VacuumStmt, { catalog, version }: Surroundings): Action {
  const isFull = hasOption(statement.options, 'full');
  const ranges = allOf(statement.rels, 'VacuumRelation').flatMap(({ relation }) => relation ?? []);
  const named = ranges.map((range) => catalog.idOf(range));
  // Before 18 heirs were vacuumed by themselves, and partitions always with their table.
  const recurses = (id: string, range: RangeVar) => version >= 18 ? range.inh === true : catalog.tryFind(id)?.kind === 'partitioned table';
  const tables = named.flatMap((each, index) => familyOf(each, catalog, recurses(each, ranges[index])));
  return {
    command: statement.is_vacuumcmd ? isFull ? 'VACUUM FULL' : 'VACUUM' : 'ANALYZE',
    relation: named[0],
    node: { VacuumStmt: statement },
    locks: lockAll(statement.is_vacuumcmd ? tables.filter((each) => storedOf(each, catalog).includes(each)) : tables, isFull ? 'ACCESS EXCLUSIVE' : 'SHARE UPDATE EXCLUSIVE'),
    work: isFull ? tables.map((relation): Work => ({ kind: 'rewrite', relation, because: 'every row is written again' })) : [],
    needsNoTransaction: statement.is_vacuumcmd === true,
  };
}

/** CLUSTER. */
export function cluster(statement: ClusterStmt, { catalog }: Surroundings): Action {
  const table = statement.relation && catalog.idOf(statement.relation);
  return {
    command: 'CLUSTER',
    relation: table,
    node: { ClusterStmt: statement },
    locks: table === undefined ? [] : lockAll([table], 'ACCESS EXCLUSIVE'),
    work: table === undefined ? [] : [{ kind: 'rewrite', relation: table, because: 'every row is written again in the order of the index' }],
    needsNoTransaction: table === undefined,
  };
}

/** LOCK TABLE. */
export function lockTable(statement: LockStmt, { catalog, isInTransaction }: Surroundings): Action {
  const mode = LOCK_MODES[(statement.mode ?? 8) - 1];
  const named = allOf(statement.relations, 'RangeVar');
  const tables = named.flatMap((range) => familyOf(catalog.idOf(range), catalog, range.inh === true));
  const read = tables.flatMap((each) => catalog.tryFind(each)?.kind === 'view' ? catalog.tryFind(each)?.reads.map(({ relation }) => relation) ?? [] : []);
  return {
    command: 'LOCK TABLE',
    relation: tables[0],
    name: mode,
    node: { LockStmt: statement },
    locks: lockAll([...tables, ...read], mode),
    work: [],
    refusal: isInTransaction ? undefined : { sqlstate: '25P01', message: 'LOCK TABLE can only be used in a transaction' },
  };
}

/** ALTER DOMAIN: every table that has a column of it is locked and read. */
export function alterDomain(statement: AlterDomainStmt, { catalog }: Surroundings): Action {
  const domain = catalog.tryFindType(qualifiedName(namesOf(statement.typeName)));
  const constraint = as(statement.def, 'Constraint');
  const reads = statement.subtype === 'O' || statement.subtype === 'V' || (statement.subtype === 'C' && constraint?.skip_validation !== true);
  const users = domain === undefined ? [] : catalog.relations
    .filter(({ kind, columns }) => (kind === 'table' || kind === 'materialized view') && columns.some(({ type }) => isOf(type.name, domain.id, catalog)))
    .map(({ id }) => id);
  return {
    command: `ALTER DOMAIN ${{ C: 'ADD CONSTRAINT', V: 'VALIDATE CONSTRAINT', O: 'SET NOT NULL', N: 'DROP NOT NULL', X: 'DROP CONSTRAINT', T: 'SET DEFAULT' }[statement.subtype ?? ''] ?? ''}`.trim(),
    name: domain?.id ?? qualifiedName(namesOf(statement.typeName)),
    node: { AlterDomainStmt: statement },
    locks: reads ? lockAll(users, 'SHARE') : [],
    work: reads ? users.map((relation): Work => ({ kind: 'scan', relation, because: 'every value of the domain is checked' })) : [],
  };
}

function isOf(type: string, domain: string, catalog: Catalog): boolean {
  const base = catalog.tryFindType(type)?.base?.name;
  return type === domain || (base !== undefined && isOf(base, domain, catalog));
}

/** What writes a table. */
export function write(command: string, range: RangeVar | undefined, node: Node, { catalog }: Surroundings): Action {
  const id = catalog.idOf(range ?? {});
  const isTarget = (each: RangeVar) => each === range;
  const others = rangesIn(node).filter((each) => !isTarget(each)).map((each) => catalog.idOf(each)).filter((each) => catalog.tryFind(each));
  const reached = command === 'INSERT' || command === 'COPY' ? [id] : familyOf(id, catalog, range?.inh === true);
  const isWhole = (command === 'UPDATE' || command === 'DELETE') && bodyOf(node)?.whereClause === undefined;
  return {
    command,
    relation: id,
    node,
    locks: [...lockAll(reached, 'ROW EXCLUSIVE'), ...lockAll(others.flatMap((each) => familyOf(each, catalog)), 'ACCESS SHARE')],
    work: isWhole ? storedOf(id, catalog).map((relation): Work => ({ kind: 'scan', relation, because: 'every row is written in one transaction' })) : [],
  };
}

function bodyOf(node: Node): { readonly whereClause?: Node } | undefined {
  return as(node, 'UpdateStmt') ?? as(node, 'DeleteStmt');
}

/** A query. */
export function select(node: Node, { catalog }: Surroundings): Action {
  const ids = rangesIn(node).map((range) => catalog.idOf(range)).filter((each) => catalog.tryFind(each)).flatMap((each) => familyOf(each, catalog));
  const isLocking = [...nodesIn(node)].some((each) => 'LockingClause' in each);
  const written = [...nodesIn(node)].flatMap((each) => as(each, 'InsertStmt')?.relation ?? as(each, 'UpdateStmt')?.relation ?? as(each, 'DeleteStmt')?.relation ?? []);
  const mode: LockMode = isLocking ? 'ROW SHARE' : 'ACCESS SHARE';
  return { command: 'SELECT', node, locks: [...lockAll(ids, mode), ...lockAll(written.map((range) => catalog.idOf(range)), 'ROW EXCLUSIVE')], work: [] };
}
