import type { CreateFunctionStmt, Node } from 'libpg-query';
import type { Body } from './body';
import { allOf, as, stringOf } from './node';
import { plpgsqlBody } from './plpgsql';
import type { SqlParser } from './sql-parser';
/** The body of a DO, which runs at once. */
export function bodyOfDo(statement: Node, text: string, parser: SqlParser): Body | undefined {
  const block = as(statement, 'DoStmt');
  return block && (languageOf(block.args) ?? 'plpgsql') === 'plpgsql' ? plpgsqlOrOpaque(text, parser) : block && opaqueBody(languageOf(block.args) ?? '');
}

/** The body of a function or a procedure, which runs when somebody calls it. */
export function bodyOfRoutine(statement: Node, text: string, parser: SqlParser): Body | undefined {
  const routine = as(statement, 'CreateFunctionStmt');
  const language = languageOf(routine?.options) ?? 'sql';
  return routine && (language === 'sql' ? sqlBody(routine, parser) : language === 'plpgsql' ? plpgsqlOrOpaque(text, parser) : opaqueBody(language));
}

function languageOf(options: readonly Node[] | undefined): string | undefined {
  return stringOf(allOf(options, 'DefElem').find(({ defname }) => defname === 'language')?.arg)?.toLowerCase();
}

const EMPTY: Body = { statements: [], reads: [], rowColumns: [], commits: false };

function opaqueBody(language: string): Body {
  return { ...EMPTY, opaque: `a body in ${language} is not looked into` };
}

function plpgsqlOrOpaque(text: string, parser: SqlParser): Body {
  const tree = parser.tryParseBody(text);
  return tree === undefined ? { ...EMPTY, opaque: 'PL/pgSQL does not take its body' } : plpgsqlBody(tree, parser);
}

/** A body in SQL: a text, or since 14 statements of the same script. */
function sqlBody({ options, sql_body: body }: CreateFunctionStmt, parser: SqlParser): Body {
  if (body !== undefined) {
    const statements = as(body, 'List')?.items?.flatMap((item) => as(item, 'List')?.items ?? []) ?? [body];
    return { ...EMPTY, statements, reads: statements };
  }
  const text = as(allOf(options, 'DefElem').find(({ defname }) => defname === 'as')?.arg, 'List')?.items?.[0];
  try {
    const statements = parser.parse(stringOf(text) ?? '');
    return { ...EMPTY, statements, reads: statements };
  } catch {
    return { ...EMPTY, opaque: 'its body is no SQL that can be parsed' };
  }
}
