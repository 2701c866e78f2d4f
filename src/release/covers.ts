import { quantityOf } from '../reading/quantity';

/** The maps whose values are quantities, which an API server writes in a form of its own. */
const OF_QUANTITIES = new Set(['limits', 'requests', 'sizeLimit', 'divisor']);

/**
 * Whether an object of the cluster has everything that a manifest says. An API server adds defaults, leaves empty values out, and
 * rewrites quantities; lists must be of the same length.
 */
export function covers(live: unknown, manifest: unknown, isQuantity = false): boolean {
  if (isEmpty(manifest)) {
    return isEmpty(live) || (isMap(manifest) && isMap(live));
  }
  if (Array.isArray(manifest)) {
    return Array.isArray(live) && live.length === manifest.length && manifest.every((item, index) => covers(live[index], item, isQuantity));
  }
  if (isMap(manifest)) {
    return isMap(live) && Object.entries(manifest).every(([key, value]) => covers(live[key], value, isQuantity || OF_QUANTITIES.has(key)));
  }
  return live === manifest || (isQuantity && sameQuantity(live, manifest));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === 0 || value === false
    || (Array.isArray(value) && value.length === 0) || (isMap(value) && Object.keys(value).length === 0);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sameQuantity(one: unknown, other: unknown): boolean {
  const number = quantityOf(String(one));
  return number !== undefined && number === quantityOf(String(other));
}
