import { closeDefinition, closeSchema } from '../support/closed-schemas/close-schema';
import { SchemaCompiler } from '../support/closed-schemas/schema-compiler';
import { schemaFindings } from '../support/closed-schemas/schema-errors';
import { JsonObject } from '../support/manifest-finding';

/** Findings of a custom resource's schema about a value: `path message`. */
function findings(schema: JsonObject, value: unknown): string[] {
  const validator = new SchemaCompiler().compile(closeSchema(schema, 'structural'));
  return validator(value) ? [] : schemaFindings(validator.errors ?? []).map(({ path, message }) => `${path} ${message}`);
}

const properties = { a: { type: 'string' } };

describe('closing', () => {
  test('an object with properties is closed', () => {
    expect(findings({ type: 'object', properties }, { a: '', b: '' })).toEqual(['/b unknown field']);
  });

  test('an object that preserves unknown fields stays open, but not what it declares', () => {
    const schema = { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true, 'properties': { c: { type: 'object', properties } } };
    expect(findings(schema, { b: 1, c: { b: 1 } })).toEqual(['/c/b unknown field']);
  });

  test('a map keeps any key', () => {
    expect(findings({ type: 'object', additionalProperties: { type: 'object', properties } }, { x: { b: 1 } })).toEqual(['/x/b unknown field']);
    expect(findings({ type: 'object', properties, additionalProperties: true }, { b: 1 })).toEqual([]);
  });

  test('a bare object is closed where the API server prunes, and open in built-in definitions', () => {
    expect(findings({ type: 'object' }, { b: 1 })).toEqual(['/b unknown field']);
    expect(closeSchema({ type: 'object' }, 'definitions')).toEqual({ type: 'object' });
  });

  test('closing leaves the schema as it was', () => {
    const schema = { type: 'object', properties: { a: { type: 'object', properties } } };
    const before = structuredClone(schema);
    closeSchema(schema, 'structural');
    expect(schema).toEqual(before);
  });
});

describe('closing next to other keywords', () => {
  test('branches stay open: each names only its own fields', () => {
    const branches = (keyword: string) => ({
      type: 'object', properties: { a: {}, b: {} }, [keyword]: [{ properties: { a: { minLength: 1 } } }, { properties: { b: {} }, required: ['b'] }],
    });
    expect(findings(branches('allOf'), { a: 'x', b: 1 })).toEqual([]);
    expect(findings(branches('anyOf'), { a: 'x', b: 1 })).toEqual([]);
    expect(findings(branches('oneOf'), { a: '', b: 1 })).toEqual([]);
    expect(findings({ type: 'object', properties: { a: {} }, not: { properties: { a: {} }, required: ['a'] } }, {})).toEqual([]);
  });

  test('a field called like a keyword is a field', () => {
    const schema = { type: 'object', properties: { properties: { type: 'string' }, not: { type: 'object', properties } } };
    expect(findings(schema, { properties: 'x', not: { a: 'x', b: 1 } })).toEqual(['/not/b unknown field']);
  });
});

describe('nullable', () => {
  test.each([
    [{ type: 'string', nullable: true }, null, []],
    [{ type: 'string' }, null, [' must be string, not null']],
    [{ type: 'string', nullable: true }, 1, [' must be string, not number']],
    [{ 'x-kubernetes-int-or-string': true, 'nullable': true }, null, []],
    [{ type: 'object', nullable: true, oneOf: [{ required: ['a'] }, { required: ['b'] }] }, null, []],
  ])('%j takes %p: %j', (schema, value, expected) => {
    expect(findings(schema, value)).toEqual(expected);
  });
});

describe('int-or-string', () => {
  const either = [{ type: 'integer' }, { type: 'string' }];

  test.each([
    [{ 'x-kubernetes-int-or-string': true }],
    [{ 'x-kubernetes-int-or-string': true, 'anyOf': either }],
    [{ 'x-kubernetes-int-or-string': true, 'allOf': [{ anyOf: either }] }],
    [{ type: 'string', format: 'int-or-string' }],
    [{ oneOf: either }],
  ])('%j', (schema) => {
    expect([1, '1', '25%'].map((value) => findings(schema, value))).toEqual([[], [], []]);
    expect(findings(schema, true)[0]).toBe(' must be integer or string, not boolean');
    expect(findings(schema, 1.5)[0]).toBe(' must be integer or string, not number');
  });

  test('keeps its pattern', () => {
    expect(findings({ 'x-kubernetes-int-or-string': true, 'pattern': '^[0-9]+%$' }, 'x')).toEqual([' must match pattern "^[0-9]+%$"']);
  });
});

describe('defaults', () => {
  test('a required field with a default may be left out', () => {
    const schema = { type: 'object', required: ['a', 'b'], properties: { a: { type: 'string', default: 'x' }, b: { type: 'string' } } };
    expect(findings(schema, {})).toEqual(['/b required field is missing']);
  });
});

describe('lists', () => {
  const map = (items: unknown[]) => findings({
    'type': 'array',
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['port', 'protocol'],
    'items': { type: 'object', properties: { port: { type: 'integer' }, protocol: { type: 'string', default: 'TCP' }, name: { type: 'string' } } },
  }, items);

  test('map keys are unique, defaults included', () => {
    expect(map([{ port: 1 }, { port: 2 }, { port: 1, protocol: 'UDP' }])).toEqual([]);
    expect(map([{ port: 1, name: 'a' }, { port: 1, name: 'b', protocol: 'TCP' }])).toEqual([' must not hold two entries with the same key']);
  });

  test('sets hold a value once', () => {
    const set = { 'type': 'array', 'x-kubernetes-list-type': 'set', 'items': { type: 'string' } };
    expect(findings(set, ['a', 'b'])).toEqual([]);
    expect(findings(set, ['a', 'a'])).toEqual([' must not hold two entries with the same key']);
  });

  test('atomic lists hold anything', () => {
    expect(findings({ 'type': 'array', 'x-kubernetes-list-type': 'atomic', 'items': {} }, ['a', 'a'])).toEqual([]);
  });
});

describe('formats and patterns', () => {
  test.each([
    ['int32', 2 ** 31 - 1, 2 ** 31],
    ['date-time', '2024-02-29T10:00:00.5+02:00', '2024-02-30 10:00'],
    ['byte', 'AAE=', 'AAE'],
    ['ipv4', '10.0.0.1', '10.0.0.256'],
    ['ipv6', '::1', '10.0.0.1'],
  ])('%s', (format, good, bad) => {
    expect(findings({ format }, good)).toEqual([]);
    expect(findings({ format }, bad)).toEqual([` must match format "${format}"`]);
  });

  test('formats that only document are ignored', () => {
    expect(findings({ type: 'string', format: 'url' }, 'anything')).toEqual([]);
  });

  test('patterns may switch case sensitivity off as in Go', () => {
    expect(findings({ type: 'string', pattern: '^(?i)(abort|warn)?$' }, 'Abort')).toEqual([]);
    expect(findings({ type: 'string', pattern: '^(abort|warn)?$' }, 'Abort')).toEqual([' must match pattern "^(abort|warn)?$"']);
  });

  test('Quantity is known by its name', () => {
    const validator = new SchemaCompiler().compile(closeDefinition('io.k8s.apimachinery.pkg.api.resource.Quantity', {}));
    expect([0.5, 1, '100m', '1.5Gi', '1e3', '.5', '+1'].map((value) => validator(value))).toEqual(Array(7).fill(true));
    expect([null, true, '', 'x', '1 Gi', '1K', '1mi'].map((value) => validator(value))).toEqual(Array(7).fill(false));
  });
});

describe('findings', () => {
  const oneOf = { type: 'object', properties: { a: {}, b: {} }, oneOf: [{ required: ['a'] }, { required: ['b'] }, { not: {} }, { minProperties: 9 }, true] };

  test('a failed oneOf says what it offers, without the noise of its branches', () => {
    expect(findings(oneOf, { a: 1, b: 1 })).toEqual([' must match exactly one of: a, b, none of them, {"minProperties":9}, another form']);
  });

  test('paths escape slashes and tildes', () => {
    expect(findings({ type: 'object', properties: {} }, { 'a/b~c': 1 })).toEqual(['/a~1b~0c unknown field']);
  });
});
