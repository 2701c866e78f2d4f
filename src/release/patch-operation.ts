/** One operation of a JSON patch (RFC 6902). `add` also replaces what is there. */
export type PatchOperation =
  | { readonly op: 'add'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/** Sets a field, whose parent is there. */
export function setting(value: unknown, ...path: readonly string[]): PatchOperation {
  return { op: 'add', path: pointerTo(path), value };
}

/** Takes a field away that is there. */
export function removing(...path: readonly string[]): PatchOperation {
  return { op: 'remove', path: pointerTo(path) };
}

/**
 * Makes the whole patch conditional: an API server refuses an update whose object names a version other than the present one,
 * with 409.
 */
export function onlyAt(resourceVersion: string): PatchOperation {
  return setting(resourceVersion, 'metadata', 'resourceVersion');
}

function pointerTo(path: readonly string[]): string {
  return path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
