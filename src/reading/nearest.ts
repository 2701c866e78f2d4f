/** The word of a list that was probably meant: the fewest letters away, or else one that what was written is a part of. */
export function nearestTo(written: string, words: readonly string[]): string | undefined {
  const start = written.slice(0, LONGEST);
  const away = words.map((word) => ({ word, letters: lettersBetween(start, word) }));
  const [nearest] = away.sort((one, other) => one.letters - other.letters);
  const isNear = nearest !== undefined && nearest.letters <= Math.max(start.length, nearest.word.length) * FURTHEST;
  return isNear ? nearest.word : words.find((word) => word.split(/[-./]/).includes(written));
}

/** Beyond half of its letters nobody meant this word. */
const FURTHEST = 0.5;
const LONGEST = 60;

/** How many letters must be changed, added or dropped between two words. */
function lettersBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[to.length];
}

/** The nearest word as the end of a sentence; where none is near, what helps otherwise. */
export function didYouMean(written: string, words: readonly string[], otherwise?: string): string {
  const nearest = nearestTo(written, words);
  return nearest !== undefined ? `; did you mean ${JSON.stringify(nearest)}?` : otherwise === undefined ? '' : `; ${otherwise}`;
}
