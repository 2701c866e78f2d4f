import type { Node } from 'libpg-query';
import { bodyOf } from './body';
import { dialectOf, remedyOf } from './dialect';
import { piecesOf, type Comment, type Piece } from './pieces';
import { SqlSyntaxError, type SqlParser } from './sql-parser';
import { TextPlace } from './text-place';
import type { InputProblem } from '../../reading/input-problem';
import { quoted } from '../../reading/quoted';

/** A statement of a script, with its place. */
export interface SqlStatement {
  readonly node: Node;
  readonly text: string;
  /** UTF-16 units from the beginning of the file. */
  readonly start: number;
  /** The comments since the statement before it. */
  readonly comments: readonly Comment[];
  /** What the body of a DO runs. */
  readonly inner: readonly Node[];
  /** Why what it does cannot be told in full. */
  readonly opaque?: string;
  /** Whether it commits on its way. */
  readonly commits: boolean;
}

/** A script as statements. */
export interface Script {
  readonly source: string;
  readonly place: TextPlace;
  readonly statements: readonly SqlStatement[];
  readonly problems: readonly InputProblem[];
}

/** Meta-commands that change nothing in the database: what they print, how, and where to. */
const HARMLESS = new Set(['', '!', 'set', 'unset', 'echo', 'qecho', 'warn', 'timing', 'pset', 'x', 'a', 't', 'f', 'o', 'q', 'encoding', 'restrict', 'unrestrict', 'prompt',
  'd', 'dt', 'd+', 'di', 'df', 'dn', 'l', 'conninfo', 'errverbose', 'h', '?', 'g', 'gx', 'p', 'r', 'w', 'cd', 'c', 'connect', 'if', 'elif', 'else', 'endif']);
/** Meta-commands that run what cannot be seen. */
const OPAQUE: Readonly<Record<string, string>> = {
  i: 'another file is run',
  ir: 'another file is run',
  include: 'another file is run',
  include_relative: 'another file is run',
  gexec: 'what a query returns is run',
  copy: 'rows are copied',
};

/** Reads a script as psql does: statements that parse, and a problem for each that does not. */
export function readScript(source: string, text: string, parser: SqlParser): Script {
  const place = new TextPlace(text);
  const problems: InputProblem[] = [];
  const statements = piecesOf(text).flatMap((piece) => piece.kind === 'statement'
    ? statementsOf(piece, source, place, parser, problems)
    : metaCommand(piece, source, place, problems));
  return { source, place, statements, problems };
}

type OfKind<K extends Piece['kind']> = Extract<Piece, { readonly kind: K }>;

function statementsOf({ start, end, comments }: OfKind<'statement'>, source: string, place: TextPlace, parser: SqlParser, problems: InputProblem[]): SqlStatement[] {
  const text = place.text.slice(start, end);
  try {
    return parser.parse(text).map((node) => {
      const body = bodyOf(node, text, parser);
      return { node, text, start, comments, inner: body?.statements ?? [], opaque: body?.opaque, commits: body?.commits === true };
    });
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) {
      throw error;
    }
    const why = remedyOf(text, error.message) ?? dialectOf(text) ?? dialectOf(place.text);
    problems.push({ source, position: place.position(start + error.offset), message: `${error.message}; ${why ?? 'correct the statement'}` });
    return [];
  }
}

/** What stands for a statement that cannot be seen. */
const NOTHING: Node = { CallStmt: {} };

function metaCommand({ name, argument, start }: OfKind<'meta-command'>, source: string, place: TextPlace, problems: InputProblem[]): SqlStatement[] {
  if (OPAQUE[name] !== undefined) {
    const text = place.line(place.position(start).line).trim();
    return [{ node: NOTHING, text, start, comments: [], inner: [], opaque: `${OPAQUE[name]} by \\${name} ${argument}`.trim(), commits: false }];
  }
  if (!HARMLESS.has(name)) {
    problems.push({ source, position: place.position(start), message: `psql has no meta-command ${quoted(`\\${name}`)} that is known here; remove it, or write it as SQL` });
  }
  return [];
}
