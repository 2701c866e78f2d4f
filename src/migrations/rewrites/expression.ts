import type { A_Const, A_Expr, FuncCall, Node } from 'libpg-query';
import { qualifiedName, quoteIdentifier, quoteLiteral } from '../../sql/quote';
import type { Catalog } from '../catalog/catalog';
import { typeText } from '../catalog/sql-type';
import { as, kindOf, namesOf, type BodyOf } from '../sql/node';

/** How an expression is written again. */
interface Writing {
  readonly catalog: Catalog;
  /** The name of a column, which may be another by now. */
  readonly nameOf: (column: string) => string;
}

type Written = (body: never, writing: Writing) => string | undefined;

/** A default or a condition as SQL again; nothing where it is of a kind that is not written here. */
export function tryWriteExpression(node: Node | undefined, catalog: Catalog, nameOf: Writing['nameOf'] = (column) => column): string | undefined {
  return node && write(node, { catalog, nameOf });
}

function write(node: Node | undefined, writing: Writing): string | undefined {
  const written: Written | undefined = node && KINDS[kindOf(node)];
  return written?.(Object.values(node ?? {})[0] as never, writing);
}

/** A list with commas; nothing where one of it cannot be written. */
function list(nodes: readonly Node[] | undefined, writing: Writing, joint = ', '): string | undefined {
  const texts = (nodes ?? []).map((node) => write(node, writing));
  return texts.includes(undefined) ? undefined : texts.join(joint);
}

/** A text around others, if they are all there. */
function around(pieces: TemplateStringsArray, ...texts: readonly (string | undefined)[]): string | undefined {
  return texts.includes(undefined) ? undefined : String.raw({ raw: pieces }, ...texts);
}

const KINDS: Readonly<Record<string, Written>> = {
  A_Const: (constant: A_Const) => constantText(constant),
  TypeCast: ({ arg, typeName }: BodyOf<'TypeCast'>, writing) => around`${write(arg, writing)}::${typeText(writing.catalog.resolve(typeName))}`,
  SQLValueFunction: ({ op }: BodyOf<'SQLValueFunction'>) => op?.endsWith('_N') ? undefined : op?.replace('SVFOP_', ''),
  ColumnRef: ({ fields }: BodyOf<'ColumnRef'>, { nameOf }) => {
    const names = namesOf(fields);
    return names.length === 1 && fields?.length === 1 ? quoteIdentifier(nameOf(names[0])) : undefined;
  },
  FuncCall: (call: FuncCall, writing) => callText(call, writing),
  A_Expr: (expression: A_Expr, writing) => operatorText(expression, writing),
  A_ArrayExpr: ({ elements }: BodyOf<'A_ArrayExpr'>, writing) => around`ARRAY[${list(elements, writing)}]`,
  CoalesceExpr: ({ args }: BodyOf<'CoalesceExpr'>, writing) => around`coalesce(${list(args, writing)})`,
  NullTest: ({ arg, nulltesttype }: BodyOf<'NullTest'>, writing) =>
    around`(${write(arg, writing)} IS ${nulltesttype === 'IS_NULL' ? 'NULL' : 'NOT NULL'})`,
  BoolExpr: ({ boolop, args }: BodyOf<'BoolExpr'>, writing) =>
    boolop === 'NOT_EXPR' ? around`(NOT ${list(args, writing)})` : around`(${list(args, writing, boolop === 'AND_EXPR' ? ' AND ' : ' OR ')})`,
};

function constantText(constant: A_Const): string | undefined {
  const { isnull, ival, fval, boolval, sval } = constant as {
    isnull?: boolean; ival?: { ival?: number }; fval?: { fval?: string }; boolval?: { boolval?: boolean }; sval?: { sval?: string };
  };
  return isnull ? 'NULL'
    : ival ? String(ival.ival ?? 0)
      : fval ? fval.fval
        : boolval ? String(boolval.boolval ?? false)
          : sval && quoteLiteral(sval.sval ?? '');
}

function callText({ funcname, args, ...rest }: FuncCall, writing: Writing): string | undefined {
  const names = namesOf(funcname);
  const isPlain = Object.keys(rest).every((key) => key === 'funcformat' || key === 'location');
  // EXTRACT is a function of this name since 14 alone.
  return isPlain && names[names.length - 1] !== 'extract' ? around`${qualifiedName(names)}(${list(args, writing)})` : undefined;
}

function operatorText({ kind, name, lexpr, rexpr }: A_Expr, writing: Writing): string | undefined {
  const [operator, ...others] = namesOf(name);
  const right = as(rexpr, 'List')?.items;
  const left = write(lexpr, writing);
  if (others.length > 0) {
    return undefined;
  }
  switch (kind) {
    case 'AEXPR_OP': case 'AEXPR_LIKE': case 'AEXPR_ILIKE':
      return lexpr === undefined ? around`(${operator} ${write(rexpr, writing)})` : around`(${left} ${operator} ${write(rexpr, writing)})`;
    case 'AEXPR_OP_ANY': return around`(${left} ${operator} ANY (${write(rexpr, writing)}))`;
    case 'AEXPR_IN': return around`(${left} ${operator === '=' ? 'IN' : 'NOT IN'} (${list(right, writing)}))`;
    case 'AEXPR_BETWEEN': return around`(${left} BETWEEN ${list(right, writing, ' AND ')})`;
    default: return undefined;
  }
}
