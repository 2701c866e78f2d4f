import type { FieldPath } from '../reading/source';

/** Why a value is not looked at: it is known only once it is applied, or nobody may read it. */
export type HiddenBecause = 'unknown' | 'secret';

/** Stands in the properties of a resource where a value is that no policy may look at. */
export class HiddenValue {
  /** `identity` is the same for values that are known to be the same; it is compared, and never shown. */
  constructor(readonly path: FieldPath, readonly because: HiddenBecause, readonly identity: unknown) {}
}

/** Every hidden value of a tree. */
export function hiddenIn(value: unknown): HiddenValue[] {
  if (value instanceof HiddenValue) {
    return [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(hiddenIn) : [];
}

/** Nothing at all: the key is not there. */
export const ABSENT = Symbol('absent');

/** The tree with something in place of its hidden values. */
export function filled(value: unknown, fill: (hidden: HiddenValue) => unknown): unknown {
  if (value instanceof HiddenValue) {
    return fill(value);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    // The places of the others must stay what they are.
    return value.map((item) => itemOf(filled(item, fill)));
  }
  return mapped(value, (field) => filled(field, fill));
}

/** A map with every value replaced, and without those that are replaced by `ABSENT`. */
export function mapped(map: object, replace: (value: unknown, key: string) => unknown): object {
  // Without a prototype `__proto__` and `constructor` are keys like others.
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of Object.entries(map)) {
    const content = replace(value, key);
    if (content !== ABSENT) {
      copy[key] = content;
    }
  }
  return copy;
}

function itemOf(item: unknown): unknown {
  return item === ABSENT ? {} : item;
}
