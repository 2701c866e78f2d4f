import { basename, dirname } from 'path';

/** Names as people count: 2 before 10, and within equal numbers by the letter. */
export function byNumber(one: string, other: string): number {
  const [parts, others] = [partsOf(one), partsOf(other)];
  for (let index = 0; index < Math.min(parts.length, others.length); index += 1) {
    const [part, against] = [parts[index], others[index]];
    const difference = /^\d/.test(part) && /^\d/.test(against) ? compareDigits(part, against) : part < against ? -1 : part > against ? 1 : 0;
    if (difference !== 0) {
      return difference;
    }
  }
  return parts.length - others.length;
}

function partsOf(name: string): string[] {
  return name.match(/\d+|\D+/g) ?? [];
}

/** Timestamps have more digits than a number keeps. */
function compareDigits(one: string, other: string): number {
  const [short, long] = [one.replace(/^0+/, ''), other.replace(/^0+/, '')];
  return short.length - long.length || (short < long ? -1 : short > long ? 1 : 0);
}

const FLYWAY = /^([VBR])(\d+(?:[._]\d+)*)?__.*\.sql$/;

/** Whether a name is one of Flyway's. */
export function isFlyway(source: string): boolean {
  return FLYWAY.test(basename(source));
}

/** The order in which a tool runs the files of a folder: by version; what Flyway repeats, last. */
export function inOrder(one: string, other: string): number {
  const [first, second] = [FLYWAY.exec(basename(one)), FLYWAY.exec(basename(other))];
  if (first && second) {
    return Number(first[1] === 'R') - Number(second[1] === 'R')
      || byNumber((first[2] ?? '').replace(/_/g, '.'), (second[2] ?? '').replace(/_/g, '.')) || byNumber(basename(one), basename(other));
  }
  // Prisma names the folder, and every file in it alike.
  return dirname(one) === dirname(other) ? byNumber(basename(one), basename(other)) : byNumber(one, other);
}

/** Files that lead back, or that say what the database has become: no step of the way forward. */
export function isPassedOver(source: string): boolean {
  const name = basename(source);
  return /\.(down|undo|rollback|revert)\.sql$/i.test(name) || /^U\d+(?:[._]\d+)*__/.test(name) || /^(down|structure|schema)\.sql$/i.test(name);
}
