import { headerMatch } from '../../../src/spec/rollout/header-match';
import { Rollout } from '../../../src/spec/rollout/rollout';
import { refusalOf } from '../../plan/declare';
import { expectReadable, HOSTILE } from '../hostile';

const header = (name: string, value: string) => () => Rollout.abTest({ header: { name, value } });

test.each([['x-canary', 'true'], ['X_1', 'a b'], ['!#$%&\'*+.^_`|~', '"quoted"'], ['a'.repeat(63), 'v'.repeat(128)]])('%s: %s may be matched', (name, value) => {
  expect(header(name, value)).not.toThrow();
});

test('names are compared in lower case, and values as they are', () => {
  expect(headerMatch('header', { name: 'X-Canary', value: 'Yes' })).toEqual({ name: 'x-canary', value: 'Yes' });
});

test.each(['', 'x canary', 'x:canary', 'x-canary\r\ncookie', 'a'.repeat(64), 'x(1)'])('%j is no name', (name) => {
  expect(refusalOf(header(name, 'true'))).toBe(
    `Rollout.abTest header name ${JSON.stringify(name)} must be the name of a header: at most 63 letters, digits or '-', without white space or ':'`);
});

test.each(['', ' true', 'true ', 'true\n', 'a\r\nb', 'ü', 'v'.repeat(129)])('%j is no value', (value) => {
  expect(refusalOf(header('x-canary', value))).toMatch(/^Rollout\.abTest header value ".*" must be 1 to 128 visible ASCII characters$/);
});

test.each(HOSTILE)('%s are refused readably', (_, text) => {
  for (const give of [header(text, 'true'), header('x-canary', text)]) {
    if (text.startsWith('a"b') || text.startsWith('---')) {
      continue;
    }
    expectReadable(refusalOf(give));
  }
});
