import { readText } from '../../src/reading/read-text';

function read(written: string): unknown {
  const { objects, problems } = readText('a.yaml', `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\nvalue: ${written}\n`);
  return problems.length > 0 ? problems[0].message : objects[0].value.value;
}

function readKey(written: string): unknown {
  const { objects, problems } = readText('a.yaml', `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\nvalue: { ${written}: 1 }\n`);
  return problems.length > 0 ? problems[0].message : Object.keys(objects[0].value.value as object);
}

test.each(['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE'])('%s is true, as kubectl reads it', (word) => {
  expect(read(word)).toBe(true);
});

test.each(['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE'])('%s is false, as kubectl reads it', (word) => {
  expect(read(word)).toBe(false);
});

test.each(['', '~', 'null', 'Null', 'NULL'])('%j is null', (word) => {
  expect(read(word)).toBeNull();
});

test.each(['yEs', 'tRUE', 'nULL', 'oN', '"yes"', '\'no\'', '!!str on'])('%s is a text', (word) => {
  expect(read(word)).toBe(word.replace(/^!!str |["']/g, ''));
});

test.each([
  ['12', 12], ['-12', -12], ['+12', 12], ['017', 15], ['0o17', 15], ['0O17', 15], ['-017', -15], ['09', 9], ['08.5', 8.5], ['0x1F', 31], ['-0X1f', -31],
  ['0b11', 3], ['-0B11', -3], ['1_000', 1000], ['1__0_', 10], ['+_1', 1], ['1.5', 1.5], ['1.', 1], ['.5', 0.5], ['.5_0', 0.5], ['1e3', 1000],
  ['1E-3', 0.001], ['18446744073709551616', 18446744073709552000], ['!!int "3"', 3], ['!!float 3', 3], ['0', 0], ['-0', 0],
])('%s is the number %d', (written, number) => {
  expect(read(written)).toBe(number);
});

test.each([
  '1:30', '2001-01-01', '2001-01-01T00:00:00Z', '1e400', '0x', '0b2', '0o8', '1.2.3', '.', '+', '._5', '.5_', '1e', 'e3', '_1', '12a', '0x1.8p1',
  '0x10000000000000000',
])('%s is a text', (written) => {
  expect(read(written)).toBe(written);
});

test('a tag of the user\'s own makes a number a text', () => {
  expect(read('!mine 12')).toBe('12');
});

test.each(['.inf', '-.Inf', '.NaN'])('%s is refused: Kubernetes keeps JSON', (written) => {
  expect(read(written)).toBe('a value is no finite number, which Kubernetes cannot keep; put it in quotes if it is a text');
});

test.each([['!!int x', 'int'], ['!!bool 1', 'bool'], ['!!float x', 'float'], ['!!null x', 'null']])('%s is refused', (written, name) => {
  expect(read(written)).toBe(`a value is no !!${name}; remove the tag`);
});

test('!!binary is refused', () => {
  expect(read('!!binary aGk=')).toBe('a value is tagged !!binary, which Kubernetes has no use for; write the text itself');
});

test.each([
  ['1', '1'], ['0x10', '16'], ['true', 'true'], ['off', 'false'], ['1.5', '1.5'], ['1.20', '1.2'], ['0.1', '0.1'], ['1e3', '1000'],
  ['1234567.5', '1.2345675e+06'], ['0.00001', '1e-05'], ['"1.20"', '1.20'], ['2001-01-01', '2001-01-01'],
])('the key %s is the text %j', (written, text) => {
  expect(readKey(written)).toEqual([text]);
});

test.each(['null', '~', '[a]', '{ a: b }', '18446744073709551615'])('the key %s is refused', (written) => {
  expect(readKey(written)).toBe('a key must be a text; write a text before the ":"');
});
