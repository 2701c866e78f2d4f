import { Lines } from '../../reading/lines';
import type { Position } from '../../reading/source';

/** A text whose places are told as lines and columns, both from 1. */
export class TextPlace {
  private readonly lines: Lines;

  constructor(readonly text: string) {
    this.lines = new Lines(text);
  }

  /** The place of an offset in UTF-16 units. */
  position(offset: number): Position {
    return this.lines.at(offset);
  }

  /** The text of a line, which counts from 1. */
  line(number: number): string {
    return this.lines.line(number);
  }
}

/** The UTF-16 units before an offset that the parser counts in bytes of UTF-8. */
export function unitsOfBytes(text: string, bytes: number): number {
  // eslint-disable-next-line no-control-regex
  if (/^[\u0000-\u007f]*$/.test(text)) {
    return bytes;
  }
  return Buffer.from(text).subarray(0, bytes).toString().length;
}

/** The UTF-16 units before an offset that the parser counts in characters. */
export function unitsOfCharacters(text: string, characters: number): number {
  return [...text].slice(0, characters).join('').length;
}
