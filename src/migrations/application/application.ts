import type { Node } from 'libpg-query';
import type { InputProblem } from '../../reading/input-problem';
import type { Position } from '../../reading/source';
import type { Catalog } from '../catalog/catalog';
import { allOf, as, columnsIn, hasStar, nodesIn, rangesIn } from '../sql/node';
import { readScript } from '../sql/read-script';
import type { SqlParser } from '../sql/sql-parser';

/** A statement that a version of the program sends. */
export interface Query {
  readonly source: string;
  readonly position: Position;
  /** The first line of it. */
  readonly line: string;
  readonly node: Node;
}

/** What the versions of the program send, where somebody says it. */
export interface Application {
  /** The version that is still running. */
  readonly running?: readonly Query[];
  /** The version that comes. */
  readonly next?: readonly Query[];
  /** The version before the running one, where somebody may still go back to it. */
  readonly previous?: readonly Query[];
}

/** What a file says that a version sends. */
export interface QueriesRead {
  readonly queries: readonly Query[];
  readonly problems: readonly InputProblem[];
}

/** The statements of a file; parameters are written as `$1`. */
export function queriesOf(source: string, text: string, parser: SqlParser): QueriesRead {
  const { statements, problems, place } = readScript(source, text, parser);
  return {
    queries: statements.map(({ node, start }) => {
      const position = place.position(start);
      return { source, position, line: place.line(position.line), node };
    }),
    problems,
  };
}

/** The first statement that names a relation, or one of its columns; one that asks for all columns asks for each. */
export function tryFindUse(queries: readonly Query[], catalog: Catalog, relation: string, column?: string): Query | undefined {
  return queries.find(({ node }) => doesName(node, catalog, relation, column) || (hasStar(node) && doesName(node, catalog, relation)));
}

/** Whether a statement names a relation, or one of its columns. */
export function doesName(node: Node, catalog: Catalog, relation: string, column?: string): boolean {
  return rangesIn(node).some((range) => reaches(catalog.idOf(range), relation, column, catalog))
    && (column === undefined || namedIn(node).includes(column) || writesAll(node));
}

/** A relation is used by way of a view of it too. */
function reaches(named: string, relation: string, column: string | undefined, catalog: Catalog): boolean {
  return named === relation || catalog.readersOf(relation, column).some(({ id }) => id === named);
}

/** An INSERT that names no columns gives them in their order. */
function writesAll(node: Node): boolean {
  return [...nodesIn(node)].some((each) => as(each, 'InsertStmt') !== undefined && as(each, 'InsertStmt')?.cols === undefined);
}

/** The columns that a statement reads or writes. */
function namedIn(node: Node): readonly string[] {
  const written = [...nodesIn(node)].flatMap((each) =>
    allOf(as(each, 'InsertStmt')?.cols ?? as(each, 'UpdateStmt')?.targetList, 'ResTarget').flatMap(({ name }) => name ?? []));
  return [...columnsIn(node), ...written];
}

/** Why a statement fails, of a catalog: it names what is not there, or leaves out what a row must have. */
export function failureOf(query: Query, catalog: Catalog): string | undefined {
  const missing = missingIn(query, catalog);
  return missing === undefined ? leftOutBy(query, catalog) : `asks for ${missing}, which is not there`;
}

/** What a statement names that is not there: a relation, or a column that none of its relations has. */
function missingIn({ node }: Query, catalog: Catalog): string | undefined {
  const ids = [...new Set(rangesIn(node).map((range) => catalog.idOf(range)))];
  const absent = ids.find((id) => catalog.tryFind(id) === undefined);
  const relations = ids.map((id) => catalog.tryFind(id));
  if (absent !== undefined || relations.length === 0 || !relations.every((relation) => relation?.isKnown)) {
    return absent;
  }
  const given = new Set([...relations.flatMap((relation) => relation?.columns.map(({ name }) => name) ?? []), ...aliasesIn(node)]);
  const column = namedIn(node).find((name) => !given.has(name));
  return column === undefined ? undefined : ids.length === 1 ? `${ids[0]}.${column}` : `column ${column}`;
}

/** A column that an INSERT gives nothing, and that has no value of its own. A trigger may give it one. */
function leftOutBy({ node }: Query, catalog: Catalog): string | undefined {
  const { relation: range, cols, selectStmt } = as(node, 'InsertStmt') ?? {};
  const relation = range && catalog.tryFind(catalog.idOf(range));
  if (relation === undefined || cols === undefined || selectStmt === undefined || relation.triggers.length > 0) {
    return undefined;
  }
  const given = new Set(allOf(cols, 'ResTarget').map(({ name }) => name));
  const column = relation.columns.find(({ name, notNull, default: value, identity, generated }) =>
    notNull !== 'no' && value === undefined && !identity && generated === undefined && !given.has(name));
  return column && `gives ${relation.id}.${column.name} nothing, which must not be null and has no default`;
}

/** Names that a statement gives itself: of outputs, of tables and of the columns of common tables. */
function aliasesIn(node: Node): string[] {
  const isWrite = as(node, 'InsertStmt') ?? as(node, 'UpdateStmt');
  return [...nodesIn(node)].flatMap((each) => [
    isWrite === undefined ? as(each, 'ResTarget')?.name : undefined, as(each, 'RangeVar')?.alias?.aliasname, as(each, 'RangeVar')?.relname,
    as(each, 'CommonTableExpr')?.ctename,
  ].flatMap((name) => name ?? []));
}
