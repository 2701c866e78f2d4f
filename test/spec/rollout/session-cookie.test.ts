import { Rollout } from '../../../src/spec/rollout/rollout';
import { refusalOf, seconds } from '../../plan/declare';
import { expectReadable, HOSTILE } from '../hostile';

const named = (name: string) => () => Rollout.canary({ sessionCookie: { name } });

test.each(['a', 'flagger-cookie', 'A_1', 'c'.repeat(64)])('%j may be a name', (name) => {
  expect(named(name)).not.toThrow();
});

test.each(['', 'a=b', 'a;b', 'a b', 'a\r\nSet-Cookie: x', 'c'.repeat(65), '.*'])('%j is no name', (name) => {
  expect(refusalOf(named(name))).toBe(`Rollout.canary sessionCookie name ${JSON.stringify(name)} must be at most 64 letters, digits, '-' or '_'`);
});

test.each(HOSTILE)('%s are refused readably', (_, text) => {
  expectReadable(refusalOf(named(text)));
});

test('a cookie lasts from one second to thirty days', () => {
  const lasting = (length: number) => () => Rollout.canary({ sessionCookie: { maxAge: seconds(length) } });
  expect(lasting(1)).not.toThrow();
  expect(lasting(2_592_000)).not.toThrow();
  expect(refusalOf(lasting(0))).toBe('Rollout.canary sessionCookie maxAge 0s must be from 1s to 2592000s');
  expect(refusalOf(lasting(2_592_001))).toBe('Rollout.canary sessionCookie maxAge 2592001s must be from 1s to 2592000s');
});
