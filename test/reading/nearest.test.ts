import { didYouMean, nearestTo } from '../../src/reading/nearest';

const WORDS = ['shutdown', 'evictions', 'required-ready', 'propagation-seconds.istio'];

describe('the nearest word', () => {
  test.each([
    ['shutdown', 'shutdown'], ['shutdwon', 'shutdown'], ['shut', 'shutdown'], ['eviction', 'evictions'], ['evict1ons', 'evictions'],
    ['ready', 'required-ready'], ['istio', 'propagation-seconds.istio'],
  ])('to %j is %j', (written, word) => {
    expect(nearestTo(written, WORDS)).toBe(word);
  });

  test.each([['colour'], [''], ['shu'], ['read'], ['x'.repeat(100_000)]])('to %.10j is none', (written) => {
    expect(nearestTo(written, WORDS)).toBeUndefined();
  });

  test('of several is the one of which the fewest letters differ', () => {
    expect(nearestTo('abcd', ['abxx', 'abcx', 'axxx'])).toBe('abcx');
  });

  test('may differ in half of its letters, and no more', () => {
    expect([nearestTo('abcd', ['abxy']), nearestTo('abcd', ['axyz'])]).toEqual(['abxy', undefined]);
  });

  test('of none is none', () => {
    expect(nearestTo('a', [])).toBeUndefined();
  });
});

test('ends a sentence, or what else helps does, or nothing', () => {
  expect(didYouMean('evictoins', WORDS, 'see the list')).toBe('; did you mean "evictions"?');
  expect(didYouMean('colour', WORDS, 'see the list')).toBe('; see the list');
  expect(didYouMean('colour', WORDS)).toBe('');
});
