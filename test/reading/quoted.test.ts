import fc from 'fast-check';
import { quoted } from '../../src/reading/quoted';

test('a text of 76 characters is shown whole', () => {
  expect(quoted('x'.repeat(76))).toBe(`"${'x'.repeat(76)}"`);
});

test('a text of 77 characters is cut', () => {
  expect(quoted('x'.repeat(77))).toBe(`"${'x'.repeat(72)}…"`);
});

test('characters count, not their surrogates', () => {
  expect(quoted('😀'.repeat(76))).toBe(`"${'😀'.repeat(76)}"`);
  expect(quoted('😀'.repeat(77))).toBe(`"${'😀'.repeat(72)}…"`);
});

test.each([['\u001b[31m', '"\\u001b[31m"'], ['\u202ea', '"\\u202ea"'], ['a\nb', '"a\\nb"'], ['\u200b', '"\\u200b"']])('%j is escaped', (text, shown) => {
  expect(quoted(text)).toBe(shown);
});

test('whatever is shown is one line that is at most 80 characters of a text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    const shown = quoted(text);
    expect(shown).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
    expect([...JSON.parse(shown) as string].length).toBeLessThanOrEqual(76);
  }));
});
