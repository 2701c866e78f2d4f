import type { Node } from 'libpg-query';
import { allOf, as, stringOf } from './node';
import type { SqlParser } from './sql-parser';

/** What is found in the body of a DO or of a function. */
export interface Body {
  readonly statements: readonly Node[];
  /** Why a part of it cannot be told. */
  readonly opaque?: string;
  /** Whether it commits on its way, so that it holds no lock from one step to the next. */
  readonly commits: boolean;
}

/** The statements that the body of a DO may run, in their order, whatever decides whether it does. */
export function bodyOf(statement: Node, text: string, parser: SqlParser): Body | undefined {
  const options = allOf(as(statement, 'DoStmt')?.args, 'DefElem');
  const language = stringOf(options.find(({ defname }) => defname === 'language')?.arg) ?? 'plpgsql';
  if (as(statement, 'DoStmt') === undefined) {
    return undefined;
  }
  if (language !== 'plpgsql') {
    return { statements: [], commits: false, opaque: `a body in ${language} is not looked into` };
  }
  const tree = parser.tryParseBody(text);
  return tree === undefined ? { statements: [], commits: false, opaque: 'PL/pgSQL does not take its body' } : collected(tree, parser);
}

interface Mutable {
  readonly statements: Node[];
  commits: boolean;
  opaque?: string;
}

function collected(tree: unknown, parser: SqlParser): Body {
  const body: Mutable = { statements: [], commits: false };
  walk(tree, (kind, value) => take(kind, value as Part, body, parser));
  return body;
}

interface Part {
  readonly sqlstmt?: Expression;
  readonly expr?: Expression;
  readonly query?: Expression;
}

interface Expression {
  readonly PLpgSQL_expr?: { readonly query?: string };
}

function take(kind: string, { sqlstmt, expr, query }: Part, body: Mutable, parser: SqlParser): void {
  if (kind === 'PLpgSQL_stmt_commit' || kind === 'PLpgSQL_stmt_rollback') {
    body.commits = true;
  } else if (kind === 'PLpgSQL_stmt_execsql') {
    add(sqlstmt?.PLpgSQL_expr?.query ?? '', body, parser);
  } else if (kind === 'PLpgSQL_stmt_perform') {
    add((expr?.PLpgSQL_expr?.query ?? '').replace(/^\s*perform\b/i, 'SELECT'), body, parser);
  } else if (kind === 'PLpgSQL_stmt_dynexecute') {
    dynamic(query?.PLpgSQL_expr?.query ?? '', body, parser);
  } else if (kind === 'PLpgSQL_stmt_call') {
    body.opaque ??= 'it calls a procedure';
  }
}

/** EXECUTE of a constant is as good as the statement itself. */
function dynamic(expression: string, body: Mutable, parser: SqlParser): void {
  const [target] = allOf(as(tryParse(`SELECT ${expression}`, parser)?.[0], 'SelectStmt')?.targetList, 'ResTarget');
  const constant = stringOf(target?.val);
  if (constant === undefined) {
    body.opaque ??= 'it puts together what it runs (EXECUTE)';
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

function walk(value: unknown, visit: (kind: string, value: unknown) => void): void {
  if (Array.isArray(value)) {
    value.forEach((item) => walk(item, visit));
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (key.startsWith('PLpgSQL_stmt')) {
        visit(key, inner);
      }
      walk(inner, visit);
    }
  }
}
