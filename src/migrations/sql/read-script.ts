import type { Node } from 'libpg-query';
import { bodyOfDo, bodyOfRoutine } from './bodies';
import type { Body } from './body';
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
  /** The body of the function or procedure that it makes. */
  readonly routine?: Body;
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
  const sql = { source, place, text, offsetOf: (at: number) => at };
  const statements = piecesOf(text).flatMap((piece) => piece.kind === 'statement'
    ? statementsOf(piece, sql, parser, problems)
    : metaCommand(piece, source, place, problems));
  return { source, place, statements, problems };
}

type OfKind<K extends Piece['kind']> = Extract<Piece, { readonly kind: K }>;

/** SQL that is a file, or stands in one. */
export interface SqlText {
  readonly source: string;
  /** The places of the file. */
  readonly place: TextPlace;
  readonly text: string;
  /** The place in the file of a place in the text. */
  readonly offsetOf: (at: number) => number;
}

/** The statements of a piece; where it does not parse, a problem. */
export function statementsOf(piece: OfKind<'statement'>, sql: SqlText, parser: SqlParser, problems: InputProblem[]): SqlStatement[] {
  const { start, end, comments } = piece;
  const { source, place, offsetOf } = sql;
  const text = sql.text.slice(start, end);
  try {
    return parser.parse(text).map((node) => {
      const body = bodyOfDo(node, text, parser);
      const routine = bodyOfRoutine(node, text, parser);
      const inner = body?.statements ?? [];
      return { node, text, start: offsetOf(start), comments, inner, opaque: body?.opaque, commits: body?.commits === true, routine };
    });
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) {
      throw error;
    }
    const why = remedyOf(text, error.message) ?? dialectOf(text) ?? dialectOf(sql.text);
    problems.push({ source, position: place.position(offsetOf(start + error.offset)), message: `${error.message}; ${why ?? 'correct the statement'}` });
    return [];
  }
}

/** What stands for a statement that cannot be seen. */
const NOTHING: Node = { CallStmt: {} };

/** A statement that cannot be seen, and why. */
export function opaqueStatement(opaque: string, text: string, start: number, comments: readonly Comment[]): SqlStatement {
  return { node: NOTHING, text, start, comments, inner: [], opaque, commits: false };
}

function metaCommand({ name, argument, start }: OfKind<'meta-command'>, source: string, place: TextPlace, problems: InputProblem[]): SqlStatement[] {
  if (OPAQUE[name] !== undefined) {
    const text = place.line(place.position(start).line).trim();
    return [opaqueStatement(`${OPAQUE[name]} by \\${name} ${argument}`.trim(), text, start, [])];
  }
  if (!HARMLESS.has(name)) {
    problems.push({ source, position: place.position(start), message: `psql has no meta-command ${quoted(`\\${name}`)} that is known here; remove it, or write it as SQL` });
  }
  return [];
}
