import { KNOWN_ASSUMPTIONS, tryFindKnown, type KnownAssumption } from './known-assumptions';
import { didYouMean } from '../reading/nearest';
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
  return `${quoted(key)} is nothing that can be assumed${didYouMean(key, KNOWN_ASSUMPTIONS.map((known) => known.key), 'zero-downtime explain lists what can')}`;
}
