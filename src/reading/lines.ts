import type { Position } from './source';

/** The lines of a text; where they begin is found out when the first position is asked for. */
export class Lines {
  private starts?: readonly number[];

  constructor(private readonly text: string) {}

  /** The line and column of an offset, both from 1; columns count UTF-16 units as editors do. */
  at(offset: number): Position {
    this.starts ??= lineStarts(this.text);
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.starts[middle] <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return { line: low + 1, column: offset - this.starts[low] + 1 };
  }

  /** The text of a line, which counts from 1, without its end. */
  line(number: number): string {
    this.starts ??= lineStarts(this.text);
    const end = this.starts[number] ?? this.text.length + 1;
    return this.text.slice(this.starts[number - 1], end - 1).replace(/\r$/, '');
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let feed = text.indexOf('\n'); feed !== -1; feed = text.indexOf('\n', feed + 1)) {
    starts.push(feed + 1);
  }
  return starts;
}
