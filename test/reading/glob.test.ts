import fc from 'fast-check';
import { alternativesOf, isPattern, nameMatches } from '../../src/reading/glob';

test.each([
  ['*', 'a.yaml'], ['*.yaml', 'a.yaml'], ['a*', 'a'], ['a*b*c', 'aXbYbc'], ['?', 'é'], ['?', '😀'], ['[abc]', 'b'], ['[a-c]', 'b'], ['[!a-c]', 'd'],
  ['[^a]', 'b'], ['[]]', ']'], ['[a-]', '-'], ['a.b', 'a.b'], ['.*', '.a'], ['[', '['], ['**', 'ab'], ['', ''],
])('%j matches %j', (segment, name) => {
  expect(nameMatches(segment, name)).toBe(true);
});

test.each([
  ['*', '.hidden'], ['?a', '.a'], ['*.yaml', 'a.yml'], ['a', 'ab'], ['?', 'ab'], ['?', ''], ['[a-c]', 'd'], ['[!a]', 'a'], ['a.b', 'axb'], ['a*b', 'abc'], ['', 'a'],
])('%j does not match %j', (segment, name) => {
  expect(nameMatches(segment, name)).toBe(false);
});

test('many stars take no long time', () => {
  expect(nameMatches(`${'*a'.repeat(100)}b`, 'a'.repeat(10_000))).toBe(false);
});

test('stars and question marks match as the same regular expression does', () => {
  const parts = fc.array(fc.constantFrom('*', '?', 'a', 'b'), { maxLength: 6 }).map((each) => each.join(''));
  fc.assert(fc.property(parts, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 }), (segment, name) => {
    const expression = new RegExp(`^${segment.replaceAll('*', '.*').replaceAll('?', '.')}$`);
    expect(nameMatches(segment, name)).toBe(expression.test(name));
  }), { numRuns: 2000 });
});

test.each([
  ['a', ['a']], ['{a,b}.yaml', ['a.yaml', 'b.yaml']], ['{a,b}{c,d}', ['ac', 'bc', 'ad', 'bd']], ['{a,{b,c}}', ['a', 'b', 'c']], ['{a}', ['{a}']],
  ['a{,b}', ['a', 'ab']], ['{a,a}', ['a']], ['{a', ['{a']],
])('%j stands for %j', (pattern, alternatives) => {
  expect([...alternativesOf(pattern) ?? []].sort()).toEqual([...alternatives].sort());
});

test('a pattern with too many alternatives stands for none', () => {
  expect(alternativesOf('{a,b}'.repeat(9))).toHaveLength(512);
  expect(alternativesOf('{a,b}'.repeat(30))).toBeUndefined();
});

test.each([['a*', true], ['a?', true], ['[a]', true], ['{a,b}', true], ['a/b.yaml', false]])('%j is a pattern: %p', (path, expected) => {
  expect(isPattern(path)).toBe(expected);
});
