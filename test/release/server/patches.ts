/* eslint-disable @typescript-eslint/no-explicit-any */
/** What RFC 6902 says of a patch that cannot be applied. */
export class PatchError extends Error {}

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
}

/** Applies a JSON patch (RFC 6902) to a copy. */
export function jsonPatched(object: any, operations: readonly Operation[]): any {
  const copy = structuredClone(object);
  operations.forEach((operation) => applyOperation(copy, operation));
  return copy;
}

function applyOperation(root: any, { op, path, value }: Operation): void {
  const steps = path.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = steps.pop();
  const parent = steps.reduce((at, step) => at?.[step], root);
  if (last === undefined || typeof parent !== 'object' || parent === null) {
    throw new PatchError(`${op} operation does not apply: doc is missing path: "${path}": missing value`);
  }
  const exists = Object.hasOwn(parent, last);
  if ((op === 'remove' || op === 'replace') && !exists) {
    throw new PatchError(`${op} operation does not apply: doc is missing key: ${path}: missing value`);
  }
  if (op === 'test') {
    if (JSON.stringify(parent[last]) !== JSON.stringify(value)) {
      throw new PatchError(`testing value ${path} failed: test failed`);
    }
  } else if (op === 'remove') {
    Array.isArray(parent) ? parent.splice(Number(last), 1) : delete parent[last];
  } else if (op === 'add' && Array.isArray(parent)) {
    parent.splice(last === '-' ? parent.length : Number(last), 0, structuredClone(value));
  } else {
    parent[last] = structuredClone(value);
  }
}

/** Applies a merge patch (RFC 7386) to a copy. */
export function mergePatched(object: any, patch: any): any {
  if (!isMap(patch)) {
    return structuredClone(patch);
  }
  const result = isMap(object) ? structuredClone(object) : {};
  Object.entries(patch).forEach(([key, value]) => {
    if (value === null) {
      delete result[key];
    } else {
      result[key] = mergePatched(result[key], value);
    }
  });
  return result;
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
