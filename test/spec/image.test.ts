import { HOSTILE, expectReadable } from './hostile';
import { hasMovingTag, imageProblem } from '../../src/spec/image';

const DIGEST = `@sha256:${'a0'.repeat(32)}`;

test.each([
  'payments:1', 'payments:2.1.0', 'library/payments:1', 'registry.example.com/payments:2.1.0', 'registry.example.com:5000/a/b/c:1',
  'localhost:5000/payments:1', `payments${DIGEST}`, `payments:1${DIGEST}`, 'a__b:1', 'a---b:1', 'a.b:1', 'payments:_', `payments:${'a'.repeat(128)}`,
  'Registry.example.com/payments:1',
])('an image may be %s', (image) => {
  expect(imageProblem('image', image)).toBeUndefined();
});

test.each([
  '', ' ', ':1', 'payments:', 'Payments:1', 'payments:.1', 'payments:-1', 'payments:1:2', `payments:${'a'.repeat(129)}`, 'payments:1 ', 'payments:1\n',
  'http://registry.example.com/payments:1', '/payments:1', 'a//b:1', '-a:1', 'payments@sha256:abc', `payments@sha512:${'a'.repeat(64)}`,
  `payments@sha256:${'A'.repeat(64)}`, `payments${DIGEST}:1`, 'registry.example.com:123456/payments:1',
])('an image may not be %j', (image) => {
  const message = imageProblem('image', image)!;
  expect(message).toMatch(/^image "/);
  expect(message).toMatch(/" must be an image reference such as "registry\.example\.com\/payments:2\.1\.0"$/);
});

test.each(['payments', 'registry.example.com/payments', 'localhost:5000/payments'])('an image must name a version, which %s does not', (image) => {
  expect(imageProblem('image', image))
    .toBe(`image ${JSON.stringify(image)} must have a tag or a digest: without one every restart may run another program`);
});

test('an image may be 1024 characters long, and no longer', () => {
  expect(imageProblem('image', `${'a/'.repeat(511)}:1`.replace('/:', ':'))).toBeUndefined();
  expect(imageProblem('image', `${'a'.repeat(1022)}:1`)).toBeUndefined();
  expect(imageProblem('image', `${'a'.repeat(1023)}:1`)).toBeDefined();
});

test.each(HOSTILE)('an image of %s is refused in one readable line', (_, image) => {
  expectReadable(imageProblem('image', image));
});

test.each([
  ['payments:latest', true], ['registry.example.com:5000/a/payments:main', true], ['payments:dev', true],
  ['payments:2.1.0', false], ['payments:LATEST', false], [`payments:latest${DIGEST}`, false], [`payments${DIGEST}`, false], ['not an image', false],
])('the tag of %s moves: %s', (image, moves) => {
  expect(hasMovingTag(image)).toBe(moves);
});
