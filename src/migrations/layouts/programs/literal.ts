import { valueAt, type Tokens } from './tokens';
import type { EmbeddedSql } from '../../sql/embedded';

/** The text of a literal, and where each part of it stands in the file. */
export type MappedText = Pick<EmbeddedSql, 'text' | 'offsetOf'>;

const ESCAPE = /\\(?:u\{([\da-fA-F]{1,8})\}|u([\da-fA-F]{4})|x([\da-fA-F]{2})|([0-3]?[0-7]{1,2})|(\r\n|[^ux]))|(\r\n?)/g;
const SIGNS: Readonly<Record<string, string>> = {
  ...{ n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v' },
  // A literal goes on in the next line, and holds nothing of it.
  ...{ '\n': '', '\r': '', '\r\n': '', '\u2028': '', '\u2029': '' },
};

/** Puts a text together from parts of a file. */
class MappedTextBuilder {
  private text = '';
  private readonly starts: number[] = [];
  private readonly offsets: number[] = [];

  add(part: string, offset: number): void {
    this.starts.push(this.text.length);
    this.offsets.push(offset);
    this.text += part;
  }

  build(): MappedText {
    const { text, starts, offsets } = this;
    return {
      text,
      offsetOf: (at) => {
        const index = lastUpTo(starts, at);
        return offsets[index] + at - starts[index];
      },
    };
  }
}

function lastUpTo(starts: readonly number[], at: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle] <= at) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

/** The text that tokens are the literal of, those that are added to each other included; nothing where they are anything else. */
export function textOf(tokens: Tokens, from: number, to: number): MappedText | undefined {
  const builder = new MappedTextBuilder();
  for (let index = from; index < to; index += 2) {
    const { kind, value, start } = tokens.list[index];
    const isLiteral = kind === 'StringLiteral' || kind === 'NoSubstitutionTemplate';
    if (!isLiteral || (index + 1 < to && valueAt(tokens, index + 1) !== '+') || index + 2 === to || !decode(value, start, builder)) {
      return undefined;
    }
  }
  return from < to ? builder.build() : undefined;
}

/** Adds what a literal stands for; false where it is none. */
function decode(literal: string, start: number, builder: MappedTextBuilder): boolean {
  const body = literal.slice(1, -1);
  let end = 0;
  for (const match of body.matchAll(ESCAPE)) {
    builder.add(body.slice(end, match.index), start + 1 + end);
    const sign = signOf(match);
    if (sign === undefined) {
      return false;
    }
    builder.add(sign, start + 1 + match.index);
    end = match.index + match[0].length;
  }
  builder.add(body.slice(end), start + 1 + end);
  return !body.replace(ESCAPE, '').includes('\\');
}

function signOf([, braced, long, short, octal, single, feed]: RegExpMatchArray): string | undefined {
  const code = braced ?? long ?? short;
  if (code !== undefined) {
    const point = parseInt(code, 16);
    return point > 0x10ffff ? undefined : braced === undefined ? String.fromCharCode(point) : String.fromCodePoint(point);
  }
  if (octal !== undefined) {
    return String.fromCharCode(parseInt(octal, 8));
  }
  // A template has line feeds alone, whatever ends the lines of its file.
  return feed === undefined ? SIGNS[single] ?? single : '\n';
}

/** A text as knex sends it: each question mark is a parameter, unless a backslash is before it. */
export function withParameters({ text, offsetOf }: MappedText): MappedText {
  const builder = new MappedTextBuilder();
  let end = 0;
  let parameters = 0;
  for (const { 0: mark, index } of text.matchAll(/(?<!\\)\\*\?/g)) {
    const isEscaped = mark.length % 2 === 0;
    parameters += isEscaped ? 0 : 1;
    builder.add(text.slice(end, index), end);
    builder.add(isEscaped ? '?' : `$${parameters}`, index);
    end = index + mark.length;
  }
  builder.add(text.slice(end), end);
  const sent = builder.build();
  return { text: sent.text, offsetOf: (at) => offsetOf(sent.offsetOf(at)) };
}
