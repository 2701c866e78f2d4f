import { authorizationOf, credentialsProblem, withoutSecrets } from '../../src/analysis/credentials';

test('a password may hold colons and letters beyond ASCII', () => {
  const header = authorizationOf({ kind: 'basic', username: 'ops', password: 'a:ü' });
  expect(Buffer.from(header.slice('Basic '.length), 'base64').toString('utf8')).toBe('ops:a:ü');
});

test.each(['two words', 'line\nbreak', '', 'ü', 'tab\t'])('the token %j cannot be sent, and is not told', (token) => {
  expect(credentialsProblem({ kind: 'bearer', token })).toBe('must be one word of ASCII, without spaces');
});

test('a user cannot hold a colon', () => {
  expect(credentialsProblem({ kind: 'basic', username: 'a:b', password: 'c' })).toContain('without a colon');
  expect(credentialsProblem({ kind: 'basic', username: 'a', password: 'c' })).toBeUndefined();
});

test('secrets are taken out of a text wherever they are', () => {
  expect(withoutSecrets('t0ken and t0ken', { kind: 'bearer', token: 't0ken' })).toBe('… and …');
  expect(withoutSecrets(`${Buffer.from('ops:pass').toString('base64')} pass ops`, { kind: 'basic', username: 'ops', password: 'pass' })).toBe('… … ops');
  expect(withoutSecrets('nothing', undefined)).toBe('nothing');
});
