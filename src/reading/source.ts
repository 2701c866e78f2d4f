/** The way from an object's root to a field: keys of maps and indexes of lists. */
export type FieldPath = readonly (string | number)[];

/** A place in a text; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where an object was read from. */
export interface Source {
  /** The file as the user named it, `<stdin>`, or the path of a construct. */
  readonly name: string;
  /** The place of a field, or of its nearest ancestor that is written; nothing where the object has no text. */
  position(path: FieldPath): Position | undefined;
}

/** A field's path as people write it: `spec.template.spec.containers[0].image`, with `["a.b/c"]` for keys that need it. */
export function pathText(path: FieldPath): string {
  return path.map((step, index) => stepText(step, index === 0)).join('');
}

function stepText(step: string | number, first: boolean): string {
  if (typeof step === 'number') {
    return `[${step}]`;
  }
  if (!/^[\w-]+$/.test(step)) {
    return `[${JSON.stringify(step)}]`;
  }
  return first ? step : `.${step}`;
}
