import fc from 'fast-check';
import { Field, WrongField } from '../../src/reading/field';
import { readText } from '../../src/reading/read-text';

function fieldOf(written: string, kind = 'Deployment'): Field {
  return Field.of(readText('a.yaml', `apiVersion: v1\nkind: ${kind}\nmetadata: { name: a }\nspec:\n  field: ${written}\n`).objects[0]).get('spec', 'field');
}

function refusal(ask: () => unknown): string {
  try {
    ask();
  } catch (error) {
    return error instanceof WrongField ? error.message : `threw ${String(error)}`;
  }
  return 'nothing was refused';
}

const ABSENT = Field.of(readText('a.yaml', 'apiVersion: v1\nkind: A\nmetadata: { name: a }\nspec:\n').objects[0]).get('spec', 'none', 0, 'deeper');

describe('an absent field', () => {
  test('keeps its path and has no value', () => {
    expect([ABSENT.exists, ABSENT.value, ABSENT.text, ABSENT.path]).toEqual([false, undefined, 'spec.none[0].deeper', ['spec', 'none', 0, 'deeper']]);
  });

  test('is undefined as any type, and empty as a list or map', () => {
    const types = ['string', 'integer', 'number', 'boolean', 'count', 'intOrString', 'seconds', 'quantity'] as const;
    expect(types.filter((type) => ABSENT[type]() !== undefined)).toEqual([]);
    expect([ABSENT.items(), ABSENT.entries(), [...ABSENT.stringMap()]]).toEqual([[], [], []]);
  });

  test('is where its nearest ancestor is', () => {
    expect(ABSENT.position).toEqual({ line: 4, column: 1 });
  });
});

test('a field of null does not exist', () => {
  expect([fieldOf('null').exists, fieldOf('null').value, fieldOf('null').string()]).toEqual([false, null, undefined]);
});

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('%s is absent unless written', (key) => {
  expect([fieldOf('{ a: 1 }').get(key).exists, fieldOf('[1]').get(key).exists, fieldOf('text').get(key).exists]).toEqual([false, false, false]);
});

test.each(['length', -1, 0.5, 7, Number.NaN])('a list has no item %p', (step) => {
  expect(fieldOf('[a]').get(step).exists).toBe(false);
});

test('a list has its items, and a map its entries, in the order of the text', () => {
  expect(fieldOf('[a, b]').items().map((item) => [item.text, item.value])).toEqual([['spec.field[0]', 'a'], ['spec.field[1]', 'b']]);
  expect(fieldOf('{ b: 1, a/c: 2 }').entries().map(([key, { text }]) => [key, text])).toEqual([['b', 'spec.field.b'], ['a/c', 'spec.field["a/c"]']]);
});

test.each([
  ['text', 'string', 'text'], ['3', 'integer', 3], ['-3', 'integer', -3], ['1.5', 'number', 1.5], ['yes', 'boolean', true], ['0', 'count', 0],
  ['25%', 'count', '25%'], ['http', 'intOrString', 'http'], ['8080', 'intOrString', 8080], ['1h10m5.5s', 'seconds', 4205.5], ['100m', 'quantity', 0.1],
  ['2', 'quantity', 2], ['1Gi', 'quantity', 1073741824],
] as const)('%s as %s is %p', (written, type, value) => {
  expect(fieldOf(written)[type]()).toBe(value);
});

test.each([
  ['"3"', 'integer', 'spec.field "3" must be a whole number, not a text; remove the quotes'],
  ['1.5', 'integer', 'spec.field 1.5 must be a whole number, not a number'],
  ['"1.5"', 'integer', 'spec.field "1.5" must be a whole number, not a text'],
  ['"1.5"', 'number', 'spec.field "1.5" must be a number, not a text; remove the quotes'],
  ['"true"', 'boolean', 'spec.field "true" must be true or false, not a text; remove the quotes'],
  ['3', 'string', 'spec.field 3 must be a text, not a number; put it in quotes'],
  ['yes', 'string', 'spec.field true must be a text, not true or false; put it in quotes'],
  ['[a]', 'string', 'spec.field must be a text, not a list'],
  ['-1', 'count', 'spec.field -1 must be a whole number from 0 or a percentage such as "25%", not a number'],
  ['"3"', 'count', 'spec.field "3" must be a whole number from 0 or a percentage such as "25%", not a text; remove the quotes'],
  ['{}', 'intOrString', 'spec.field must be a whole number or a text, not a map'],
  ['5', 'seconds', 'spec.field 5 must be a duration such as "1h10m5.5s", not a number; give it a unit'],
  ['5 s', 'seconds', 'spec.field "5 s" must be a duration such as "1h10m5.5s", not a text'],
  ['5 Gi', 'quantity', 'spec.field "5 Gi" must be a quantity such as 2, "100m" or "1Gi", not a text'],
  ['{}', 'items', 'spec.field must be a list, not a map'],
  ['[]', 'entries', 'spec.field must be a map, not a list'],
  ['{ a: 1 }', 'stringMap', 'spec.field.a 1 must be a text, not a number; put it in quotes'],
] as const)('%s as %s is refused', (written, type, message) => {
  expect(refusal(() => fieldOf(written)[type]())).toBe(message);
});

test('a refusal tells the file and the place', () => {
  let problem: unknown;
  try {
    fieldOf('"3"').integer();
  } catch (error) {
    problem = (error as WrongField).problem;
  }
  expect(problem).toEqual({
    source: 'a.yaml', position: { line: 5, column: 3 }, message: 'spec.field "3" must be a whole number, not a text; remove the quotes',
  });
});

test('a refusal never shows what a Secret holds', () => {
  expect(refusal(() => fieldOf('hunter2', 'Secret').integer())).toBe('spec.field must be a whole number, not a text');
});

test('a refusal in words of another says field, value and words', () => {
  expect(refusal(() => fieldOf('Near').refuse('must be In or NotIn'))).toBe('spec.field "Near" must be In or NotIn');
});

test('labels are a map of texts, whatever their names', () => {
  expect([...fieldOf('{ __proto__: a, constructor: b, none: null }').stringMap()]).toEqual([['__proto__', 'a'], ['constructor', 'b'], ['none', '']]);
});

test('going anywhere never throws', () => {
  fc.assert(fc.property(fc.jsonValue(), fc.array(fc.oneof(fc.string(), fc.integer(), fc.constantFrom('a', 0, '__proto__'))), (value, path) => {
    const object = { value: { kind: 'A', value }, source: { name: 'a', position: () => undefined } };
    expect(Field.of(object).get('value', ...path).path).toEqual(['value', ...path]);
  }));
});

test.each([['a text', 'a text'], [8080, '8080'], [true, 'true'], [null, ''], [undefined, ''], [['a'], ''], [Object.create(null), '']])('of %j %j is what is written', (value, text) => {
  expect(Field.of({ value: { field: value }, source: { name: 'test', position: () => undefined } }).get('field').written()).toBe(text);
});
