import type { Node } from 'libpg-query';
import type { Body } from './body';
import { allOf, as, stringOf } from './node';
import type { SqlParser } from './sql-parser';

/** What a body in PL/pgSQL runs and names, of the tree that PL/pgSQL makes of it. */
export function plpgsqlBody(tree: unknown, parser: SqlParser): Body {
  const body: Mutable = { statements: [], reads: [], rowColumns: rowColumnsIn(tree), commits: false };
  walk(tree, (kind, value) => take(kind, value as Part, body, parser));
  return body;
}

interface Mutable {
  readonly statements: Node[];
  readonly reads: Node[];
  readonly rowColumns: readonly string[];
  commits: boolean;
  opaque?: string;
}

interface Part {
  readonly sqlstmt?: Expression;
  readonly expr?: Expression;
  readonly query?: string | Expression;
  readonly parseMode?: number;
}

interface Expression {
  readonly PLpgSQL_expr?: { readonly query?: string };
}

function take(kind: string, part: Part, body: Mutable, parser: SqlParser): void {
  switch (kind) {
    case 'PLpgSQL_stmt_commit': case 'PLpgSQL_stmt_rollback': body.commits = true; break;
    case 'PLpgSQL_stmt_execsql': add(textOf(part.sqlstmt), body, parser); break;
    case 'PLpgSQL_stmt_perform': case 'PLpgSQL_stmt_call': add(textOf(part.expr), body, parser); break;
    case 'PLpgSQL_stmt_dynexecute': dynamic(textOf(part.query), body, parser); break;
    case 'PLpgSQL_stmt_dynfors': body.opaque ??= PUT_TOGETHER; break;
    case 'PLpgSQL_expr': body.reads.push(...tryParse(askedBy(part), parser) ?? []); break;
  }
}

const PUT_TOGETHER = 'it puts together what it runs (EXECUTE)';

function textOf(expression: Part['query']): string {
  return typeof expression === 'string' ? expression : expression?.PLpgSQL_expr?.query ?? '';
}

/** An expression as the query that PL/pgSQL makes of it: its parser says 0 of a statement, 2 of an expression, 3 and more of an assignment. */
function askedBy({ query, parseMode = 0 }: Part): string {
  return parseMode === 0 ? textOf(query) : `SELECT ${parseMode < 3 ? textOf(query) : textOf(query).replace(/^[^=]*=/, '')}`;
}

/** EXECUTE of a constant is as good as the statement itself. */
function dynamic(expression: string, body: Mutable, parser: SqlParser): void {
  const [target] = allOf(as(tryParse(`SELECT ${expression}`, parser)?.[0], 'SelectStmt')?.targetList, 'ResTarget');
  const constant = stringOf(target?.val);
  if (constant === undefined) {
    body.opaque ??= PUT_TOGETHER;
  } else {
    add(constant, body, parser);
  }
}

function add(text: string, body: Mutable, parser: SqlParser): void {
  const parsed = tryParse(text, parser);
  if (parsed === undefined) {
    body.opaque ??= 'a statement in it cannot be parsed by itself';
  } else {
    body.statements.push(...parsed);
  }
}

function tryParse(text: string, parser: SqlParser): readonly Node[] | undefined {
  try {
    return parser.parse(text);
  } catch {
    return undefined;
  }
}

interface Datum {
  readonly PLpgSQL_rec?: { readonly refname?: string };
  readonly PLpgSQL_recfield?: { readonly fieldname: string; readonly recparentno?: number };
}

interface FunctionTree {
  readonly plpgsql_funcs?: readonly { readonly PLpgSQL_function?: { readonly datums?: readonly Datum[] } }[];
}

/** The columns of the row that a trigger is about. */
function rowColumnsIn(tree: unknown): readonly string[] {
  const datums = (tree as FunctionTree).plpgsql_funcs?.[0]?.PLpgSQL_function?.datums ?? [];
  const isRow = (index: number) => ['new', 'old'].includes(datums[index]?.PLpgSQL_rec?.refname ?? '');
  return [...new Set(datums.flatMap(({ PLpgSQL_recfield: field }) => field !== undefined && isRow(field.recparentno ?? 0) ? [field.fieldname] : []))];
}

function walk(value: unknown, visit: (kind: string, value: unknown) => void): void {
  if (Array.isArray(value)) {
    value.forEach((item) => walk(item, visit));
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (key.startsWith('PLpgSQL_stmt') || key === 'PLpgSQL_expr') {
        visit(key, inner);
      }
      walk(inner, visit);
    }
  }
}
