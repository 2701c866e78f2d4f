import jsTokens from 'js-tokens';
import type { Comment } from '../../sql/pieces';

type Kind = (ReturnType<typeof jsTokens> extends Iterable<infer T> ? T : never)['type'];

/** A token of a program that is no blank and no comment. */
export interface Token {
  readonly kind: Kind;
  readonly value: string;
  readonly start: number;
}

/** A program as tokens. */
export interface Tokens {
  readonly list: readonly Token[];
  readonly comments: readonly Comment[];
  /** Of each bracket that opens, and of each template with substitutions, the index of the token that closes it. */
  readonly closes: ReadonlyMap<number, number>;
}

/** Why a program cannot be read as tokens, and where. */
export interface Unreadable {
  readonly message: string;
  readonly start: number;
}

const CLOSES: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const BLANK = new Set<Kind>(['WhiteSpace', 'LineTerminatorSequence', 'HashbangComment']);

/** Reads a program in JavaScript or TypeScript. */
export function tokensOf(text: string): Tokens | Unreadable {
  const list: Token[] = [];
  const comments: Comment[] = [];
  let start = 0;
  try {
    for (const token of jsTokens(text)) {
      if (token.type === 'Invalid' || ('closed' in token && !token.closed)) {
        return { start, message: token.type === 'Invalid' ? 'it has a sign that JavaScript does not have' : 'a literal or a comment is not closed' };
      }
      if (token.type === 'SingleLineComment' || token.type === 'MultiLineComment') {
        comments.push({ text: token.value, start });
      } else if (!BLANK.has(token.type)) {
        list.push({ kind: token.type, value: token.value, start });
      }
      start += token.value.length;
    }
  } catch (error) {
    // A literal of some million signs is more than the engine's regular expressions take.
    return { start, message: error instanceof RangeError ? 'a literal is too long' : String(error) };
  }
  const closes = closesIn(list);
  return closes instanceof Map ? { list, comments, closes } : closes;
}

function closesIn(list: readonly Token[]): Map<number, number> | Unreadable {
  const closes = new Map<number, number>();
  const open: { readonly index: number; readonly close: string }[] = [];
  for (const [index, { kind, value, start }] of list.entries()) {
    const isPunctuator = kind === 'Punctuator';
    if (kind === 'TemplateHead' || (isPunctuator && value in CLOSES)) {
      open.push({ index, close: isPunctuator ? CLOSES[value] : 'TemplateTail' });
    } else if (kind === 'TemplateTail' || (isPunctuator && /^[)\]}]$/.test(value))) {
      const last = open.pop();
      if (last?.close !== (isPunctuator ? value : kind)) {
        return { start, message: 'its brackets do not match' };
      }
      closes.set(last.index, index);
    }
  }
  const [unclosed] = open;
  return unclosed === undefined ? closes : { start: list[unclosed.index].start, message: 'a bracket is not closed' };
}

/** The index after a token; after a bracket that opens, the index after the one that closes it. */
export function afterGroup({ closes }: Tokens, index: number): number {
  return (closes.get(index) ?? index) + 1;
}

/** The text of a token, or nothing behind the end. */
export function valueAt({ list }: Tokens, index: number): string {
  return list[index]?.value ?? '';
}

/** Whether a token is a name or a keyword. */
export function isName({ list }: Tokens, index: number): boolean {
  return list[index]?.kind === 'IdentifierName';
}
