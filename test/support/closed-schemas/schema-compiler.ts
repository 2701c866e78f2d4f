import { isIPv4, isIPv6 } from 'net';
import Ajv, { AnySchemaObject, Format, ValidateFunction } from 'ajv';
import { RegExpEngine } from 'ajv/dist/types';
import { isObject, JsonObject } from '../manifest-finding';

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Formats that the API server enforces: decoding into Go types fails on anything else. */
const FORMATS: Record<string, Format> = {
  'int32': { type: 'number', validate: (value: number) => value >= -(2 ** 31) && value < 2 ** 31 },
  'date-time': (text: string) => RFC_3339.test(text) && !Number.isNaN(Date.parse(text)),
  'byte': (text: string) => BASE64.test(text.replace(/[\r\n]/g, '')),
  'ipv4': isIPv4,
  'ipv6': isIPv6,
};

/** Patterns are RE2, which can switch case sensitivity off inside the pattern; JavaScript only has a flag for it. */
const goRegExp: RegExpEngine = Object.assign(
  (pattern: string, flags: string) => new RegExp(pattern.replaceAll('(?i)', ''), pattern.includes('(?i)') ? `${flags}i` : flags),
  // Only read when ajv writes validators out as source code.
  { code: 'goRegExp' },
);

/** Compiles closed schemas lazily; ajv is told nothing it could throw about. */
export class SchemaCompiler {
  private readonly ajv: Ajv;

  constructor() {
    this.ajv = new Ajv({
      strict: false,
      allErrors: true,
      verbose: true,
      validateSchema: false,
      inlineRefs: false,
      logger: false,
      formats: FORMATS,
      code: { regExp: goRegExp },
    });
    this.ajv.addKeyword({
      keyword: 'x-kubernetes-list-type',
      type: 'array',
      compile: (listType: unknown, list: AnySchemaObject) => (items: unknown[]) => entriesAreUnique(items, listType, list),
      error: { message: 'must not hold two entries with the same key' },
    });
  }

  addDefinitions(id: string, definitions: JsonObject): void {
    this.ajv.addSchema({ definitions }, id);
  }

  compile(schema: JsonObject): ValidateFunction {
    return this.ajv.compile(schema);
  }
}

/** Both `set` and `map` lists are refused on duplicates, by any way of writing them for custom resources. */
function entriesAreUnique(items: unknown[], listType: unknown, list: AnySchemaObject): boolean {
  if (listType !== 'set' && listType !== 'map') {
    return true;
  }
  const keyOf = listType === 'set' ? (item: unknown) => item : (item: unknown) => mapKey(item, list);
  return new Set(items.map((item) => JSON.stringify(keyOf(item)))).size === items.length;
}

function mapKey(item: unknown, list: AnySchemaObject): unknown {
  const names: string[] = list['x-kubernetes-list-map-keys'] ?? [];
  // A key left out takes its default, so leaving it out twice is a duplicate too.
  return names.map((name) => (isObject(item) ? item[name] : undefined) ?? list.items?.properties?.[name]?.default ?? null);
}
