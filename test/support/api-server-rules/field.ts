import { Finding, isObject, pointerSegment } from '../manifest-finding';
import { NameRule } from './names';

/**
 * A place in a manifest, and where its violations go. Reading through missing or mistyped values is safe:
 * the schemas report those, so rules only speak where the value has the type they are about.
 */
export class Field {
  static root(manifest: unknown, findings: Finding[]): Field {
    return new Field(manifest, '', findings);
  }

  private constructor(readonly value: unknown, readonly path: string, private readonly findings: Finding[]) {}

  get isSet(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  get text(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined;
  }

  get number(): number | undefined {
    return typeof this.value === 'number' ? this.value : undefined;
  }

  get items(): Field[] {
    return Array.isArray(this.value) ? this.value.map((item, index) => this.child(index, item)) : [];
  }

  get entries(): [key: string, field: Field][] {
    return isObject(this.value) ? Object.entries(this.value).map(([key, value]) => [key, this.child(key, value)]) : [];
  }

  get keys(): string[] {
    return isObject(this.value) ? Object.keys(this.value) : [];
  }

  /** The field below, through as many names as given. */
  get(...names: string[]): Field {
    const [name, ...rest] = names;
    if (name === undefined) {
      return this;
    }
    const value = isObject(this.value) && Object.hasOwn(this.value, name) ? this.value[name] : undefined;
    return this.child(name, value).get(...rest);
  }

  refuse(message: string): void {
    this.findings.push({ path: this.path, message });
  }

  refuseIf(broken: boolean, message: string): void {
    if (broken) {
      this.refuse(message);
    }
  }

  require(): void {
    this.refuseIf(!this.isSet || this.value === '', 'required');
  }

  /** An empty name is treated as absent, as Go's zero values are. */
  name(rule: NameRule): void {
    const complaint = this.text ? rule(this.text) : undefined;
    this.refuseIf(complaint !== undefined, complaint ?? '');
  }

  requiredName(rule: NameRule): void {
    this.require();
    this.name(rule);
  }

  atLeast(minimum: number): void {
    this.refuseIf(this.number !== undefined && this.number < minimum, `must be at least ${minimum}`);
  }

  within(minimum: number, maximum: number): void {
    const { number } = this;
    this.refuseIf(number !== undefined && (number < minimum || number > maximum), `must be between ${minimum} and ${maximum}`);
  }

  oneOf(values: readonly string[]): void {
    this.refuseIf(this.text !== undefined && !values.includes(this.text), `must be one of ${values.join(', ')}`);
  }

  /** Refuses more than one of the alternatives, and none of them when one is required; answers those set. */
  exactlyOneOf(names: readonly string[], options: { optional?: boolean } = {}): string[] {
    const set = names.filter((name) => this.get(name).isSet);
    this.refuseIf(set.length === 0 && !options.optional, `must specify one of ${names.join(', ')}`);
    this.refuseIf(set.length > 1, `must not specify more than one of ${set.join(', ')}`);
    return set;
  }

  private child(name: string | number, value: unknown): Field {
    return new Field(value, this.path + pointerSegment(name), this.findings);
  }
}

/** Refuses every field whose key an earlier one has; a field without a key takes no part. */
export function refuseDuplicates(fields: readonly Field[], keyOf: (field: Field) => string | undefined, what = 'duplicate'): void {
  const seen = new Set<string>();
  for (const field of fields) {
    const key = keyOf(field);
    if (key !== undefined && key !== '') {
      field.refuseIf(seen.has(key), `${what} ${key}`);
      seen.add(key);
    }
  }
}
