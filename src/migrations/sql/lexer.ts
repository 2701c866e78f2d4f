/** The kinds of lexemes that PostgreSQL's scanner tells apart, as far as a file must be split by them. */
export type LexemeKind = 'comment' | 'word' | 'text' | 'semicolon' | 'backslash' | 'sign';

/** A lexeme of a SQL text, in UTF-16 units. */
export interface Lexeme {
  readonly kind: LexemeKind;
  readonly start: number;
  readonly end: number;
}

const BLANK = /\s+/y;
const LINE_COMMENT = /--[^\n]*/y;
const WORD = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
const NUMBER = /\d[\w.]*/y;
const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const TEXT = /'(?:[^']|'')*'?/y;
const ESCAPED_TEXT = /[eE]'(?:[^'\\]|''|\\[^])*'?/y;
const NATIONAL_TEXT = /(?:[uU]&|[bBxXnN])'(?:[^']|'')*'?/y;
const QUOTED_NAME = /(?:[uU]&)?"(?:[^"]|"")*"?/y;

/** Reads lexemes of a SQL text one by one. A text that is not closed ends with the file, and the parser says so. */
export class Lexer {
  constructor(private readonly text: string, private at = 0) {}

  /** Goes on reading elsewhere: after the data of a COPY, or after the line of a meta-command. */
  jump(offset: number): void {
    this.at = offset;
  }

  /** The next lexeme, or nothing at the end. */
  next(): Lexeme | undefined {
    this.at = this.matchEnd(BLANK) ?? this.at;
    if (this.at >= this.text.length) {
      return undefined;
    }
    const start = this.at;
    const [kind, end] = this.lexemeAt(start);
    this.at = end;
    return { kind, start, end };
  }

  private lexemeAt(start: number): readonly [LexemeKind, number] {
    switch (this.text[start]) {
      case ';': return ['semicolon', start + 1];
      case '\\': return ['backslash', start + 1];
      case '-': return this.first(['comment', LINE_COMMENT]);
      case '/': return this.text[start + 1] === '*' ? this.blockComment(start) : ['sign', start + 1];
      case '\'': return this.first(['text', TEXT]);
      case '"': return this.first(['word', QUOTED_NAME]);
      case '$': return this.dollarQuoted(start);
      default: return this.first(['text', ESCAPED_TEXT], ['text', NATIONAL_TEXT], ['word', QUOTED_NAME], ['word', WORD], ['sign', NUMBER]);
    }
  }

  private first(...candidates: readonly (readonly [LexemeKind, RegExp])[]): readonly [LexemeKind, number] {
    for (const [kind, pattern] of candidates) {
      const end = this.matchEnd(pattern);
      if (end !== undefined) {
        return [kind, end];
      }
    }
    return ['sign', this.at + 1];
  }

  /** Comments nest, as the standard has it; one that is not closed is left to the parser, which says so. */
  private blockComment(start: number): readonly [LexemeKind, number] {
    const marks = /\/\*|\*\//g;
    marks.lastIndex = start;
    let depth = 0;
    for (let mark = marks.exec(this.text); mark !== null; mark = marks.exec(this.text)) {
      depth += mark[0] === '/*' ? 1 : -1;
      if (depth === 0) {
        return ['comment', marks.lastIndex];
      }
    }
    return ['sign', this.text.length];
  }

  private dollarQuoted(start: number): readonly [LexemeKind, number] {
    const tagEnd = this.matchEnd(DOLLAR_TAG);
    if (tagEnd === undefined) {
      return ['sign', start + 1];
    }
    const tag = this.text.slice(start, tagEnd);
    const close = this.text.indexOf(tag, tagEnd);
    return ['text', close === -1 ? this.text.length : close + tag.length];
  }

  private matchEnd(pattern: RegExp): number | undefined {
    pattern.lastIndex = this.at;
    return pattern.test(this.text) ? pattern.lastIndex : undefined;
  }
}
