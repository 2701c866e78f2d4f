import type { Node } from 'libpg-query';
import { parserLibrary } from './parser-library';
import { unitsOfCharacters } from './text-place';
import { quoted } from '../../reading/quoted';

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
      const statements = parsedBy(() => (parseSync(text).stmts ?? []).flatMap(({ stmt }) => stmt === undefined ? [] : [stmt]), (error) => {
        const place = hasSqlDetails(error) ? error.sqlDetails?.cursorPosition ?? 0 : 0;
        return new SqlSyntaxError(isOverflow(error) ? TOO_DEEP : shortened(reasonOf(error)), unitsOfCharacters(text, Math.max(0, place)));
      });
      if (text.length > MOST_LEVELS / 3 && isDeeperThan(MOST_LEVELS, statements)) {
        throw new SqlSyntaxError(TOO_DEEP, 0);
      }
      return statements;
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

function parsedBy<T>(parse: () => T, refused: (error: unknown) => SqlSyntaxError): T {
  try {
    return parse();
  } catch (error) {
    throw refused(error);
  }
}

const TOO_DEEP = 'nested deeper than can be read';
/** Whoever looks through a tree calls himself for each level; a bracket makes at most three. Nobody writes a hundredth of it. */
const MOST_LEVELS = 2500;

/** Without a call for each level, which is what might be too many. */
function isDeeperThan(most: number, tree: unknown): boolean {
  let level: readonly object[] = [tree as object];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > most) {
      return true;
    }
    level = level.flatMap((node) => Object.values(node) as unknown[]).filter((value): value is object => typeof value === 'object' && value !== null);
  }
  return false;
}

/** The parser calls itself for what is in brackets, and whoever is too deep runs out of stack: in another realm than this one. */
function isOverflow(error: unknown): boolean {
  return (error as Partial<Error>).name === 'RangeError';
}

/** The server quotes all that is left of a text where a quote or a comment does not end. */
function shortened(message: string): string {
  return message.replace(/ at or near "([^]+)"$/, (_, near: string) => ` at or near ${quoted(near)}`);
}

function reasonOf(error: unknown): string {
  return (error as Partial<Error>).message ?? String(error);
}
