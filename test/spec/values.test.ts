import { Duration } from 'cdk8s';
import { HOSTILE, expectReadable } from './hostile';
import { nonEmpty, optionalSeconds, quoted, secondsOf, secondsWithin, wholeNumber, wholeNumberProblem } from '../../src/spec/values';
import { refusalOf } from '../plan/declare';

test.each([[0, 0], [1, 1], [999, 1], [1000, 1], [1001, 2], [59_999, 60]])('%d milliseconds are %d whole seconds', (millis, seconds) => {
  expect(secondsOf(Duration.millis(millis))).toBe(seconds);
});

describe('a whole number', () => {
  test.each([1, 2, 10])('is taken at %d', (value) => {
    expect(wholeNumber('count', value, 1, 10)).toBe(value);
    expect(wholeNumberProblem('count', value, 1, 10)).toBeUndefined();
  });

  test.each([0, 11, -1, 1.5, NaN, Infinity, -Infinity])('is refused at %d', (value) => {
    expect(refusalOf(() => wholeNumber('count', value, 1, 10))).toBe(`count ${value} must be a whole number from 1 to 10`);
  });

  test.each([['3', '"3"'], [null, 'null'], [undefined, 'undefined']])('is refused as %j', (value, shown) => {
    expect(wholeNumberProblem('count', value as never, 1, 10)).toBe(`count ${shown} must be a whole number from 1 to 10`);
  });
});

describe('seconds', () => {
  test.each([1000, 10_000, 500])('are taken at %d milliseconds', (millis) => {
    expect(secondsWithin('wait', Duration.millis(millis), 1, 10)).toBe(Math.ceil(millis / 1000));
  });

  test.each([[0, '0'], [10_001, '10.001'], [11_000, '11']])('are refused at %d milliseconds, as they were given', (millis, shown) => {
    expect(refusalOf(() => secondsWithin('wait', Duration.millis(millis), 1, 10))).toBe(`wait ${shown}s must be from 1s to 10s`);
  });

  test('may be absent', () => {
    expect(optionalSeconds('wait', undefined, 1, 10)).toBeUndefined();
    expect(optionalSeconds('wait', Duration.seconds(3), 1, 10)).toBe(3);
  });
});

test.each(['', ' ', '\n\t'])('a text is refused as %j', (value) => {
  expect(refusalOf(() => nonEmpty('reason', value))).toBe('reason must not be empty');
});

test.each([undefined, null, 3])('a text is refused as %j', (value) => {
  expect(refusalOf(() => nonEmpty('reason', value as never))).toBe('reason must not be empty');
});

test('a text is taken as it is', () => {
  expect(nonEmpty('reason', ' a ')).toBe(' a ');
});

describe('a quoted text', () => {
  test.each([['', '""'], ['a', '"a"'], ['a"b', '"a\\"b"'], ['a\nb', '"a\\nb"'], ['\u0000', '"\\u0000"']])('of %j is %s', (value, text) => {
    expect(quoted(value)).toBe(text);
  });

  test('is shown whole up to 76 characters, and from 77 its first 72 are', () => {
    expect(quoted('a'.repeat(76))).toBe(`"${'a'.repeat(76)}"`);
    expect(quoted('a'.repeat(77))).toBe(`"${'a'.repeat(72)}…"`);
  });

  test('is counted before it is quoted, so that its quotes and line breaks do not shorten it', () => {
    expect(quoted('"'.repeat(76))).toBe(`"${'\\"'.repeat(76)}"`);
    expect(quoted('\n'.repeat(77))).toBe(`"${'\\n'.repeat(72)}…"`);
  });

  test('is counted in characters, and none of them is cut in two', () => {
    expect(quoted('💥'.repeat(76))).toBe(`"${'💥'.repeat(76)}"`);
    expect(quoted('💥'.repeat(77))).toBe(`"${'💥'.repeat(72)}…"`);
  });

  test.each(HOSTILE)('of %s is readable and short', (_, value) => {
    expectReadable(quoted(value));
    expect(quoted(value).length).toBeLessThanOrEqual(80);
  });

  test('shows no character that hides or reorders others', () => {
    expect(quoted('a\u202eb\u2028c\u007f')).toBe('"a\\u202eb\\u2028c\\u007f"');
  });

  test.each([
    '\u007f', '\u009f', '\u200b', '\u200f', '\u2028', '\u202a', '\u202e', '\u2060', '\u2066', '\u2069', '\u206f', '\ufeff',
  ])('shows %j as its number', (character) => {
    expect(quoted(`a${character}b`)).toBe(`"a\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}b"`);
  });

  test.each(['~', '\u00a0', '\u2010', '\u2027', '\u202f', '\u2070', 'ü', '支', '💥'])('shows %s as it is', (character) => {
    expect(quoted(character)).toBe(`"${character}"`);
  });

  test('shows no Arabic letter mark, which reorders others as well', () => {
    expect(quoted('a\u061cb')).toBe('"a\\u061cb"');
  });

  test('is never cut in the middle of an escape', () => {
    expect(() => JSON.parse(quoted('\u0000'.repeat(100)).replace('…', ''))).not.toThrow();
  });
});

test.each([[300, '"300"'], ['5m', '"5m"'], [null, '"null"']])('%p of plain JavaScript is no duration', (value, told) => {
  expect(refusalOf(() => optionalSeconds('stepDuration', value as never, 1, 10)))
    .toBe(`stepDuration ${told} must be a Duration, such as Duration.seconds(30)`);
});
