import { KNOWN_ASSUMPTIONS, tryFindKnown, type KnownAssumption } from './known-assumptions';
import { quoted } from '../reading/quoted';

/** A value that was given, or why it cannot be taken. */
export type GivenValue = { readonly value: number | string } | { readonly problem: string };

const LARGEST = 1_000_000;

/** Takes a value for a key, or says in one sentence why not. */
export function givenValueOf(key: string, given: string | number): GivenValue {
  const known = tryFindKnown(key);
  return known ? valueFor(known, String(given).trim()) : { problem: unknownKey(key) };
}

function valueFor(known: KnownAssumption, text: string): GivenValue {
  if (known.words) {
    return known.words.includes(text) ? { value: text } : { problem: `${known.key} ${quoted(text)} must be ${known.words.join(' or ')}` };
  }
  const value = Number(text);
  const least = known.atLeast ?? 0;
  const isWhole = /^\d+$/.test(text) && value >= least && value <= LARGEST;
  return isWhole ? { value } : { problem: `${known.key} ${quoted(text)} must be a whole number from ${least} to ${LARGEST}` };
}

function unknownKey(key: string): string {
  const nearest = KNOWN_ASSUMPTIONS.map((known) => known.key).sort((one, other) => distance(key, one) - distance(key, other))[0];
  return `${quoted(key)} is nothing that can be assumed; did you mean ${quoted(nearest)}?`;
}

/** Letters to change, add or drop between two words. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= Math.min(from.length, 60); i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[to.length];
}
