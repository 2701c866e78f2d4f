import type { Node } from 'libpg-query';
import { parserLibrary } from './parser-library';
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

let loaded: SqlParser | undefined;

/** The parser, which is loaded when it is asked for first. */
export function loadSqlParser(): SqlParser {
  loaded ??= parserOf(readyLibrary());
  return loaded;
}

function readyLibrary(): ReturnType<typeof parserLibrary> {
  try {
    const library = parserLibrary();
    library.parseSync('SELECT 1');
    return library;
  } catch (error) {
    throw new Error(`PostgreSQL's parser cannot be loaded (${reasonOf(error)}); run Node.js 20 or later, and install the package again`);
  }
}

function parserOf({ parseSync, parsePlPgSQLSync, hasSqlDetails }: ReturnType<typeof parserLibrary>): SqlParser {
  return {
    parse: (text) => {
      try {
        return (parseSync(text).stmts ?? []).flatMap(({ stmt }) => stmt === undefined ? [] : [stmt]);
      } catch (error) {
        const place = hasSqlDetails(error) ? error.sqlDetails?.cursorPosition ?? 0 : 0;
        throw new SqlSyntaxError(isOverflow(error) ? 'nested deeper than can be read' : reasonOf(error), unitsOfCharacters(text, Math.max(0, place)));
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

/** The parser calls itself for what is in brackets, and whoever is too deep runs out of stack: in another realm than this one. */
function isOverflow(error: unknown): boolean {
  return (error as Partial<Error>).name === 'RangeError';
}

function reasonOf(error: unknown): string {
  return (error as Partial<Error>).message ?? String(error);
}
