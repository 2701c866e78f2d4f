import type { Amount } from './amount';

/** How a value stands to its bound. */
export type Relation = '≥' | '>' | '≤' | '<' | '=';

/** One side of an inequality that a planned value must satisfy. */
export interface Bound {
  readonly relation: Relation;
  readonly limit: Amount;
  /** What happens to users where it is violated. */
  readonly because: string;
  /** Where the inequality or its number comes from. */
  readonly source: string;
  /** What a user may change, besides the value itself, where it cannot be satisfied. */
  readonly remedy?: string;
}

interface Reason {
  readonly because: string;
  readonly source: string;
  readonly remedy?: string;
}

export const atLeast = (limit: Amount, reason: Reason): Bound => ({ relation: '≥', limit, ...reason });
export const moreThan = (limit: Amount, reason: Reason): Bound => ({ relation: '>', limit, ...reason });
export const atMost = (limit: Amount, reason: Reason): Bound => ({ relation: '≤', limit, ...reason });
export const lessThan = (limit: Amount, reason: Reason): Bound => ({ relation: '<', limit, ...reason });
export const equalTo = (limit: Amount, reason: Reason): Bound => ({ relation: '=', limit, ...reason });

export function holds(value: number, bound: Bound): boolean {
  switch (bound.relation) {
    case '≥': return value >= bound.limit.value;
    case '>': return value > bound.limit.value;
    case '≤': return value <= bound.limit.value;
    case '<': return value < bound.limit.value;
    case '=': return value === bound.limit.value;
  }
}

/** The smallest whole value that a lower bound allows, or minus infinity for an upper one. */
export function smallestAllowed(bound: Bound): number {
  switch (bound.relation) {
    case '≥': return Math.ceil(bound.limit.value);
    case '>': return Math.floor(bound.limit.value) + 1;
    case '=': return bound.limit.value;
    default: return -Infinity;
  }
}

/** The largest whole value that an upper bound allows, or infinity for a lower one. */
export function largestAllowed(bound: Bound): number {
  switch (bound.relation) {
    case '≤': return Math.floor(bound.limit.value);
    case '<': return Math.ceil(bound.limit.value) - 1;
    default: return Infinity;
  }
}

const WORDS: Record<Relation, string> = {
  '≥': 'at least', '>': 'more than', '≤': 'at most', '<': 'less than', '=': 'equal to',
};

/** The relation in words, for messages. */
export function inWords(relation: Relation): string {
  return WORDS[relation];
}
