/** A part of a file that is run by itself, with everything else blanked out so that places stay what they are. */
export interface Section {
  readonly text: string;
  /** What the line says that opens it. */
  readonly header: string;
}

/** The parts of a text that begin with lines of a pattern; what is before the first belongs to none. */
export function sectionsOf(text: string, header: RegExp): readonly Section[] {
  const marks = [...text.matchAll(new RegExp(header.source, 'gim'))];
  return marks.map((mark, index) => {
    const start = mark.index;
    const end = marks[index + 1]?.index ?? text.length;
    return { header: mark[0], text: blank(text.slice(0, start)) + text.slice(start, end) };
  });
}

/** The same number of lines, with nothing in them. */
function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
