import { JsonObject } from '../support/manifest-finding';

/** A copy with the value at a JSON pointer replaced, or removed when it is undefined. */
export function withValue(manifest: JsonObject, pointer: string, value: unknown): JsonObject {
  const copy = structuredClone(manifest);
  const names = pointer.split('/').slice(1).map((name) => name.replace(/~1/g, '/').replace(/~0/g, '~'));
  const last = names.pop() ?? '';
  const parent = names.reduce<any>((node, name) => node[name] ??= {}, copy);
  if (value === undefined) {
    delete parent[last];
  } else {
    parent[last] = value;
  }
  return copy;
}
