import { goDuration } from './go-duration';
import { quantityOf } from './quantity';
import type { ReadObject } from './read-object';
import { FieldPath, Position, pathText } from './source';
import { WrongField, scalarText, typeText } from './wrong-field';

export { WrongField } from './wrong-field';

const UNQUOTE = 'remove the quotes';
const QUOTE = 'put it in quotes';

/**
 * A field of an object, there or not, by its path.
 *
 * Going to a field never throws. Asking for a type does, where the field holds another; an absent field, or one of null, is undefined.
 */
export class Field {
  /** The object itself, as the field with the empty path. */
  static of(object: ReadObject): Field {
    return new Field(object, [], object.value);
  }

  private constructor(readonly object: ReadObject, readonly path: FieldPath, readonly value: unknown) {}

  /** Whether the field is written, and not as null. */
  get exists(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** The path as people write it. */
  get text(): string {
    return pathText(this.path);
  }

  /** Where the field is written, or its nearest ancestor that is. */
  get position(): Position | undefined {
    return this.object.source.position(this.path);
  }

  /** The field that keys of maps and indexes of lists lead to from here. */
  get(...steps: (string | number)[]): Field {
    const value = steps.reduce<unknown>(valueAt, this.value);
    return new Field(this.object, [...this.path, ...steps], value);
  }

  /** The items of a list; none where it is absent. */
  items(): Field[] {
    const { value } = this;
    if (!this.exists) {
      return [];
    }
    return Array.isArray(value) ? value.map((_, index) => this.get(index)) : this.wrong('a list');
  }

  /** The entries of a map; none where it is absent. */
  entries(): [string, Field][] {
    const { value } = this;
    if (!this.exists) {
      return [];
    }
    return isMap(value) ? Object.keys(value).map((key) => [key, this.get(key)]) : this.wrong('a map');
  }

  /** A text. */
  string(): string | undefined {
    const { value } = this;
    return this.only(typeof value === 'string' ? value : undefined, 'a text', typeof value === 'object' ? undefined : QUOTE);
  }

  /** What is written, where it is one value of whatever type; of a map or a list nothing, which the reader of its type refuses. */
  written(): string {
    return typeof this.value === 'object' || this.value === undefined ? '' : String(this.value);
  }

  /** A whole number. */
  integer(): number | undefined {
    const { value } = this;
    return this.only(isWhole(value) ? value : undefined, 'a whole number', isWhole(numberIn(value)) ? UNQUOTE : undefined);
  }

  /** A whole number from 0, as numbers of pods and seconds are. */
  amount(): number | undefined {
    const amount = this.integer();
    return amount !== undefined && amount < 0 ? this.refuse('must be a whole number from 0') : amount;
  }

  /** Any number. */
  number(): number | undefined {
    const { value } = this;
    return this.only(typeof value === 'number' ? value : undefined, 'a number', numberIn(value) === undefined ? undefined : UNQUOTE);
  }

  /** True or false. */
  boolean(): boolean | undefined {
    const { value } = this;
    return this.only(typeof value === 'boolean' ? value : undefined, 'true or false', value === 'true' || value === 'false' ? UNQUOTE : undefined);
  }

  /** A map of texts, as labels and annotations are; empty where it is absent. */
  stringMap(): ReadonlyMap<string, string> {
    // Kubernetes takes a null among labels for an empty text.
    return new Map(this.entries().map(([key, field]) => [key, field.string() ?? '']));
  }

  /** A number of pods: a whole number from 0, or a percentage such as `25%`. */
  count(): number | `${number}%` | undefined {
    const { value } = this;
    const isCount = (isWhole(value) && value >= 0) || isPercentage(value);
    return this.only(isCount ? value : undefined, 'a whole number from 0 or a percentage such as "25%"', isWhole(numberIn(value)) ? UNQUOTE : undefined);
  }

  /** A whole number or a text, as ports are. */
  intOrString(): number | string | undefined {
    const { value } = this;
    return this.only(isWhole(value) || typeof value === 'string' ? value : undefined, 'a whole number or a text');
  }

  /** The seconds of a duration such as `1h10m5.5s`. */
  seconds(): number | undefined {
    const { value } = this;
    const seconds = typeof value === 'string' ? goDuration(value) : undefined;
    return this.only(seconds, 'a duration such as "1h10m5.5s"', typeof value === 'number' ? 'give it a unit' : undefined);
  }

  /** The number that a quantity such as `100m` or `1Gi` stands for. */
  quantity(): number | undefined {
    const { value } = this;
    const text = typeof value === 'number' ? String(value) : value;
    return this.only(typeof text === 'string' ? quantityOf(text) : undefined, 'a quantity such as 2, "100m" or "1Gi"');
  }

  /** Throws that the field, or its value, must be what a sentence says: `must be one of In, NotIn; correct it`. */
  refuse(must: string): never {
    const shown = this.object.value.kind === 'Secret' ? '' : scalarText(this.value);
    throw new WrongField({ source: this.object.source.name, position: this.position, message: `${this.text}${shown} ${must}` });
  }

  private only<T>(wanted: T | undefined, type: string, remedy?: string): T | undefined {
    if (!this.exists) {
      return undefined;
    }
    return wanted === undefined ? this.wrong(type, remedy) : wanted;
  }

  private wrong(type: string, remedy?: string): never {
    const received = typeText(this.value);
    const contrast = type.startsWith(received) ? '' : `, not ${received}`;
    return this.refuse(`must be ${type}${contrast}${remedy === undefined ? '' : `; ${remedy}`}`);
  }
}

function valueAt(value: unknown, step: string | number): unknown {
  const holds = typeof step === 'number' ? Array.isArray(value) : isMap(value);
  return holds && Object.hasOwn(value as object, step) ? (value as Record<string | number, unknown>)[step] : undefined;
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isPercentage(value: unknown): value is `${number}%` {
  return typeof value === 'string' && /^\d+%$/.test(value);
}

/** The number that a text in quotes was meant for. */
function numberIn(value: unknown): number | undefined {
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}
