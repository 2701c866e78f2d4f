import type { Field } from '../../reading/field';

/** Conditions of a VirtualService's match: what must hold of a request, by name, for example `headers.x-canary`. */
export type Conditions = ReadonlyMap<string, unknown>;

type Fields = Readonly<Record<string, unknown>>;

const BY_NAME = ['headers', 'withoutHeaders', 'queryParams'];
const NO_CONDITIONS = new Set(['name', 'statPrefix', 'ignoreUriCase']);

/** Reads a match. `gateways` are those of its VirtualService: a match that lists all of them asks for nothing. */
export function conditionsOf(match: Field, gateways: readonly string[]): Conditions {
  const value = fieldsOf(match.value);
  const entries = Object.entries(value).filter(([key]) => !NO_CONDITIONS.has(key)).flatMap(([key, condition]) => BY_NAME.includes(key)
    ? Object.entries(fieldsOf(condition)).map(([name, one]) => [`${key}.${name.toLowerCase()}`, one] as const)
    : [[key, key === 'uri' && value.ignoreUriCase === true ? { ...fieldsOf(condition), ignoreCase: true } : condition] as const]);
  return new Map(entries.filter(([key, condition]) => !isAlwaysMet(key, condition, gateways)));
}

/** Whether every request that `later` matches is also matched by `earlier`. */
export function covers(earlier: Conditions, later: Conditions): boolean {
  return [...earlier].every(([key, condition]) => later.has(key) && implies(key, fieldsOf(later.get(key)), condition, later.get(key)));
}

/** Whether no request can meet the conditions: a header must be there, and must not. */
export function isNeverMet(conditions: Conditions): boolean {
  return [...conditions].some(([key, condition]) => {
    const opposite = conditions.get(key.replace(/^withoutHeaders\./, 'headers.'));
    return key.startsWith('withoutHeaders.') && opposite !== undefined && (isEmpty(condition) || isSame(condition, opposite));
  });
}

function implies(key: string, later: Fields, earlier: unknown, laterValue: unknown): boolean {
  if (isSame(earlier, laterValue)) {
    return true;
  }
  if (key === 'gateways') {
    return Array.isArray(earlier) && Array.isArray(laterValue) && laterValue.every((gateway) => earlier.includes(gateway));
  }
  if (key === 'sourceLabels') {
    return Object.entries(fieldsOf(earlier)).every(([name, label]) => later[name] === label);
  }
  if (key.startsWith('withoutHeaders.') || later.ignoreCase === true) {
    return false;
  }
  const { prefix, ignoreCase } = fieldsOf(earlier);
  const start = later.exact ?? later.prefix;
  return (key.startsWith('headers.') && isEmpty(earlier))
    || (typeof prefix === 'string' && ignoreCase !== true && typeof start === 'string' && start.startsWith(prefix));
}

function isAlwaysMet(key: string, condition: unknown, gateways: readonly string[]): boolean {
  const all = gateways.length === 0 ? ['mesh'] : gateways;
  return (key === 'uri' && fieldsOf(condition).prefix === '/')
    || (key === 'gateways' && Array.isArray(condition) && all.every((gateway) => condition.includes(gateway)));
}

function isEmpty(condition: unknown): boolean {
  return Object.keys(fieldsOf(condition)).length === 0;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  return Object.keys(fieldsOf(value)).length === 0 ? value : Object.entries(fieldsOf(value)).sort(([a], [b]) => a < b ? -1 : 1);
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Fields : {};
}
