import { HOSTILE, expectReadable } from './hostile';
import { MountOptions, Volume } from '../../src/spec/volume';
import { refusalOf } from '../plan/declare';

describe.each<[string, (options: MountOptions) => Volume]>([
  ['a ConfigMap', (options) => Volume.config('a', options)],
  ['a Secret', (options) => Volume.secret('a', options)],
  ['a claim', (options) => Volume.claim('a', options)],
])('the subPath of %s', (_, give) => {
  test.each([undefined, 'a', 'a/b', 'a.b', '.a', '..a', 'a..', 'a/...', './a', 'a b'])('may be %j', (subPath) => {
    expect(give({ subPath }).subPath).toBe(subPath);
  });

  test.each(['/', '/a', '..', '../a', 'a/..', 'a/../b'])('may not be %j', (subPath) => {
    expect(refusalOf(() => give({ subPath }))).toBe(`Volume subPath ${JSON.stringify(subPath)} must be relative and hold no '..'`);
  });
});

test.each(HOSTILE)('a subPath that leads out is told of in readable lines, with %s', (_, text) => {
  expectReadable(refusalOf(() => Volume.config('a', { subPath: `/${text}` })));
});
