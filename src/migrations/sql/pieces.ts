import { Lexer, type Lexeme } from './lexer';

/** A comment, with its place. */
export interface Comment {
  readonly text: string;
  readonly start: number;
}

/** What a script for psql consists of: statements, and lines that begin with a backslash. */
export type Piece =
  | { readonly kind: 'statement'; readonly start: number; readonly end: number; readonly comments: readonly Comment[] }
  | { readonly kind: 'meta-command'; readonly start: number; readonly end: number; readonly name: string; readonly argument: string };

const FUNCTION_START = /^create(?:\s+or\s+replace)?\s+(?:function|procedure)\b/i;
const COPY_DATA = /^copy\b[^]*\bfrom\s+stdin\b/i;
const META_COMMAND = /\\(\S*)[^\S\n]*([^\n]*)/y;

/**
 * Splits a script as psql does: at semicolons outside of texts, comments and bodies; the data of a COPY belongs to its statement.
 *
 * What a program sends, the server reads itself: there, a backslash begins no meta-command, and no data follows.
 */
export function piecesOf(text: string, reader: 'psql' | 'server' = 'psql'): readonly Piece[] {
  return new Splitter(text, reader === 'psql').pieces();
}

class Splitter {
  private readonly found: Piece[] = [];
  private readonly lexer: Lexer;
  private start: number | undefined;
  private end = 0;
  private comments: Comment[] = [];
  /** How many BEGIN ATOMIC and CASE are open in the body of a function. */
  private depth = 0;

  constructor(private readonly text: string, private readonly isPsql: boolean) {
    this.lexer = new Lexer(text, text.startsWith('\ufeff') ? 1 : 0);
  }

  pieces(): readonly Piece[] {
    for (let lexeme = this.lexer.next(); lexeme !== undefined; lexeme = this.lexer.next()) {
      this.take(lexeme);
    }
    this.statement();
    return this.found;
  }

  private take(lexeme: Lexeme): void {
    if (lexeme.kind === 'comment') {
      this.comments.push({ text: this.text.slice(lexeme.start, lexeme.end), start: lexeme.start });
    } else if (lexeme.kind === 'backslash' && this.isPsql) {
      this.metaCommand(lexeme.start);
    } else if (lexeme.kind === 'semicolon' && this.depth === 0) {
      this.statement();
    } else {
      this.start ??= lexeme.start;
      this.end = lexeme.end;
      this.body(lexeme);
    }
  }

  /** Semicolons within a body that is written in SQL end no statement. */
  private body({ kind, start, end }: Lexeme): void {
    if (kind !== 'word' || this.start === undefined || end - start > 5) {
      return;
    }
    const word = this.text.slice(start, end).toLowerCase();
    if (word === 'begin' || word === 'case' || word === 'end') {
      if (FUNCTION_START.test(this.text.slice(this.start, this.start + 100))) {
        this.depth = Math.max(0, this.depth + (word === 'end' ? -1 : this.depth > 0 || word === 'begin' ? 1 : 0));
      }
    }
  }

  private statement(): void {
    const { start, end, comments } = this;
    this.depth = 0;
    this.start = undefined;
    if (start === undefined) {
      return;
    }
    this.comments = [];
    this.found.push({ kind: 'statement', start, end, comments });
    if (this.isPsql && COPY_DATA.test(this.text.slice(start, end))) {
      this.skipCopyData(end);
    }
  }

  private skipCopyData(from: number): void {
    const close = /^\\\.\s*$/gm;
    close.lastIndex = from;
    this.lexer.jump(close.exec(this.text) === null ? this.text.length : close.lastIndex);
  }

  private metaCommand(start: number): void {
    META_COMMAND.lastIndex = start;
    const [whole, name, argument] = META_COMMAND.exec(this.text) ?? ['\\', '', ''];
    this.statement();
    this.found.push({ kind: 'meta-command', start, end: start + whole.length, name, argument: argument.trim() });
    this.lexer.jump(start + whole.length);
  }
}
