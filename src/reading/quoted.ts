/** Characters that JSON writes as they are, and that move, hide or reverse their neighbours on a terminal. */
const UNSEEN = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
const MOST_CHARACTERS = 76;

/** A text from outside as a message shows it: in quotes, not longer than a line, nothing in it unseen. */
export function quoted(text: string): string {
  return JSON.stringify(shortened(text)).replace(UNSEEN, escaped);
}

/** A sentence with names from outside, in which whatever would move, hide or reverse others on a terminal is written out. */
export function visible(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(UNSEEN, escaped).replace(/[\u0000-\u001f]/g, escaped);
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function shortened(text: string): string {
  if (text.length <= MOST_CHARACTERS) {
    return text;
  }
  // The spread keeps pairs of surrogates together; the slice before it keeps a huge text from becoming a huge list.
  const characters = [...text.slice(0, 2 * MOST_CHARACTERS)];
  return characters.length <= MOST_CHARACTERS && characters.join('') === text ? text : `${characters.slice(0, MOST_CHARACTERS - 4).join('')}…`;
}
