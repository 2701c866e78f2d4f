import type { Position } from '../../reading/source';

/** Turns offsets of a text into lines and columns, both from 1. */
export class TextPlace {
  private readonly lineStarts: number[] = [0];

  constructor(readonly text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
      this.lineStarts.push(at + 1);
    }
  }

  /** The place of an offset in UTF-16 units. */
  position(offset: number): Position {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.lineStarts[middle] <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return { line: low + 1, column: offset - this.lineStarts[low] + 1 };
  }

  /** The text of a line, which counts from 1. */
  line(number: number): string {
    const end = this.lineStarts[number] ?? this.text.length + 1;
    return this.text.slice(this.lineStarts[number - 1], end - 1).replace(/\r$/, '');
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
