/** One thing wrong with a manifest: where, as a JSON pointer, and what. */
export interface Finding {
  readonly path: string;
  readonly message: string;
}

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Label and annotation keys hold slashes, so segments need the escapes of RFC 6901. */
export function pointerSegment(key: string | number): string {
  return `/${String(key).replace(/~/g, '~0').replace(/\//g, '~1')}`;
}

/** How people name an object: `Deployment payments`. */
export function subjectOf(manifest: unknown): string {
  if (!isObject(manifest)) {
    return 'Not an object';
  }
  const metadata = isObject(manifest.metadata) ? manifest.metadata : {};
  const name = metadata.name ?? metadata.generateName ?? '(unnamed)';
  return `${String(manifest.kind ?? '(no kind)')} ${String(name)}`;
}

/** Drops repetitions: one mistake can break several branches of a schema. */
export function findingLines(manifest: unknown, findings: Iterable<Finding>): string[] {
  const subject = subjectOf(manifest);
  const lines = new Set<string>();
  for (const { path, message } of findings) {
    lines.add(`${subject}: ${path || '/'}: ${message}`);
  }
  return [...lines];
}
