/** One document of a text, from its `---` up to the next. */
export interface TextPart {
  readonly start: number;
  readonly end: number;
  /** Whether it holds nothing but comments. */
  readonly isBlank: boolean;
  /** Whether it begins with `---`. */
  readonly isMarked: boolean;
}

/**
 * The documents of a text.
 *
 * A line of `---` begins a document even in the middle of a quoted text, so one that is broken does not reach into the next:
 * they are told apart before any is parsed, as kubectl does.
 */
export function* documentsOf(text: string): Generator<TextPart> {
  const marker = /^\ufeff?---(?=\s|$)/gm;
  let start = 0;
  for (let match = marker.exec(text); match !== null; match = marker.exec(text)) {
    if (match.index > start) {
      yield part(text, start, match.index);
    }
    start = match.index;
  }
  yield part(text, start, text.length);
}

function part(text: string, start: number, end: number): TextPart {
  // Files that were put one after another may have a byte order mark each.
  const from = text[start] === '\ufeff' ? start + 1 : start;
  const isMarked = /^---(?=\s|$)/.test(text.slice(from, from + 4));
  const body = text.slice(isMarked ? from + 3 : from, end);
  return { start: from, end, isMarked, isBlank: !/^[ \t]*[^\s#]/m.test(body) };
}
