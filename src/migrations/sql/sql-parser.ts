import type { Node } from 'libpg-query';
import { unitsOfCharacters } from './text-place';

/** A text that PostgreSQL does not take, with the place in UTF-16 units. */
export class SqlSyntaxError extends Error {
  constructor(message: string, readonly offset: number) {
    super(message);
    this.name = 'SqlSyntaxError';
  }
}

/** PostgreSQL's own parser. */
export interface SqlParser {
  /** The statements of a text, or throws `SqlSyntaxError`. */
  parse(text: string): readonly Node[];
  /** The body of a DO or of a function in PL/pgSQL, as the tree that PL/pgSQL makes; nothing where it cannot be read. */
  tryParseBody(statement: string): unknown;
}

/** Loads the parser, once; it is WebAssembly, which is compiled asynchronously. */
export async function loadSqlParser(): Promise<SqlParser> {
  // Here and not above, as it compiles itself when it is loaded, and most commands parse no SQL.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const library = require('libpg-query') as typeof import('libpg-query');
  await library.loadModule();
  const { parseSync, parsePlPgSQLSync, hasSqlDetails } = library;
  return {
    parse: (text) => {
      try {
        return (parseSync(text).stmts ?? []).flatMap(({ stmt }) => stmt === undefined ? [] : [stmt]);
      } catch (error) {
        const place = hasSqlDetails(error) ? error.sqlDetails?.cursorPosition ?? 0 : 0;
        throw new SqlSyntaxError(error instanceof Error ? error.message : String(error), unitsOfCharacters(text, Math.max(0, place)));
      }
    },
    tryParseBody: (statement) => {
      try {
        return parsePlPgSQLSync(statement);
      } catch {
        return undefined;
      }
    },
  };
}
