import type { A_Const, Node, RangeVar } from 'libpg-query';

type Kinds = { [K in Node as keyof K]: unknown };
/** The name of a kind of node, for example `AlterTableStmt`. */
export type NodeKind = keyof Kinds & string;
/** What a node of a kind holds. */
export type BodyOf<K extends NodeKind> = Extract<Node, { [key in K]: unknown }> extends { [key in K]: infer B } ? B : never;

/** The name of a node's kind. */
export function kindOf(node: Node): string {
  return Object.keys(node)[0];
}

/** What a node holds, if it is of a kind. */
export function as<K extends NodeKind>(node: Node | undefined, kind: K): BodyOf<K> | undefined {
  return node === undefined ? undefined : (node as unknown as Record<string, BodyOf<K> | undefined>)[kind];
}

/** What those nodes hold that are of a kind. */
export function allOf<K extends NodeKind>(nodes: readonly Node[] | undefined, kind: K): BodyOf<K>[] {
  return (nodes ?? []).flatMap((node) => as(node, kind) ?? []);
}

/** The texts of a list of names. */
export function namesOf(nodes: readonly Node[] | undefined): string[] {
  return allOf(nodes, 'String').map(({ sval }) => sval ?? '');
}

/** The names of a name that is written with dots, whatever kind of list the parser makes of it. */
export function dottedOf(node: Node | undefined): string[] {
  const list = as(node, 'List');
  return list ? namesOf(list.items) : node === undefined ? [] : namesOf([node]);
}

/** Every node below a value, itself among them, in the order of the text. */
export function* nodesIn(value: unknown): Generator<Node> {
  if (Array.isArray(value)) {
    for (const item of value) {
      yield* nodesIn(item);
    }
  } else if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value);
    if (keys.length === 1 && /^[A-Z]/.test(keys[0])) {
      yield value as Node;
    }
    for (const key of keys) {
      yield* nodesIn((value as Record<string, unknown>)[key]);
    }
  }
}

/** The tables that a query or an expression names. */
export function rangesIn(value: unknown): RangeVar[] {
  const own = new Set([...nodesIn(value)].flatMap((node) => as(node, 'CommonTableExpr')?.ctename ?? []));
  return [...nodesIn(value)].flatMap((node) => as(node, 'RangeVar') ?? writtenBy(node) ?? [])
    .filter(({ schemaname, relname }) => schemaname !== undefined || !own.has(relname ?? ''));
}

/** The table that a statement writes, which stands in no list of those that it reads. */
function writtenBy(node: Node): RangeVar | undefined {
  return (as(node, 'InsertStmt') ?? as(node, 'UpdateStmt') ?? as(node, 'DeleteStmt') ?? as(node, 'MergeStmt'))?.relation;
}

/** The columns that an expression names: the last part of each reference. */
export function columnsIn(value: unknown): string[] {
  return [...new Set([...nodesIn(value)].flatMap((node) => {
    const fields = as(node, 'ColumnRef')?.fields;
    return fields === undefined ? [] : namesOf(fields).slice(-1);
  }))];
}

/** Whether a query reads all columns of something. */
export function hasStar(value: unknown): boolean {
  return [...nodesIn(value)].some((node) => as(node, 'ColumnRef')?.fields?.some((field) => 'A_Star' in field));
}

/** A constant as a number, or nothing. */
export function integerOf(node: Node | undefined): number | undefined {
  const constant = as(node, 'A_Const') as A_Const & { ival?: { ival?: number } } | undefined;
  return constant?.ival === undefined ? as(node, 'Integer')?.ival : constant.ival.ival ?? 0;
}

/** A constant as a text, or nothing. */
export function stringOf(node: Node | undefined): string | undefined {
  const constant = as(node, 'A_Const') as { sval?: { sval?: string } } | undefined;
  return constant?.sval === undefined ? as(node, 'String')?.sval : constant.sval.sval ?? '';
}

/** Whether an expression is the constant NULL, cast or not. */
export function isNull(node: Node | undefined): boolean {
  const cast = as(node, 'TypeCast');
  return cast ? isNull(cast.arg) : as(node, 'A_Const')?.isnull === true;
}
