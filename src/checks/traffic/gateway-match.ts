import type { Field } from '../../reading/field';

/** Matches of a Gateway API rule in one form each, with the API's defaults, so that equal ones are equal texts. */
export function normalMatchesOf(matches: readonly Field[], kind: 'HTTPRoute' | 'GRPCRoute'): readonly string[] {
  return matches.length === 0 ? [normal({}, kind)] : matches.map(({ value }) => normal(value, kind));
}

function normal(match: unknown, kind: 'HTTPRoute' | 'GRPCRoute'): string {
  const { path, headers, queryParams, method, ...others } = (match ?? {}) as Readonly<Record<string, unknown>>;
  return JSON.stringify([
    kind === 'HTTPRoute' ? { type: 'PathPrefix', value: '/', ...path as object } : null,
    kind === 'GRPCRoute' && typeof method === 'object' ? { type: 'Exact', ...method } : method ?? null,
    listOf(headers, (name) => name.toLowerCase()),
    listOf(queryParams, (name) => name),
    others,
  ], inOrder);
}

function listOf(items: unknown, nameOf: (name: string) => string): readonly unknown[] {
  const list: readonly Readonly<Record<string, unknown>>[] = Array.isArray(items) ? items : [];
  return list.map((item) => ({ type: 'Exact', ...item, name: nameOf(String(item.name)) }))
    .sort((one, other) => one.name < other.name ? -1 : one.name > other.name ? 1 : 0);
}

/** Keys in the order of the alphabet, whatever order they were written in. */
function inOrder(_key: string, value: unknown): unknown {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isMap ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => one < other ? -1 : 1)) : value;
}
