import * as fc from 'fast-check';
import { covers } from '../../../src/checks/traffic/http-match';

const WORDS = ['', 'a', 'ab', 'abc', 'b'];
const condition = fc.oneof(fc.constantFrom(...WORDS).map((exact) => ({ exact })), fc.constantFrom(...WORDS).map((prefix) => ({ prefix })));
const conditions = fc.dictionary(fc.constantFrom('uri', 'method', 'headers.x'), condition).map((map) => new Map(Object.entries(map)));

type Match = ReadonlyMap<string, { readonly exact?: string; readonly prefix?: string }>;

function matches(match: Match, request: ReadonlyMap<string, string>): boolean {
  return [...match].every(([key, { exact, prefix }]) => request.has(key) && (exact === undefined || request.get(key) === exact)
    && (prefix === undefined || (request.get(key) ?? '').startsWith(prefix)));
}

describe('what one match covers of another', () => {
  test('no request that the other matches is left over', () => {
    const request = fc.dictionary(fc.constantFrom('uri', 'method', 'headers.x'), fc.constantFrom(...WORDS)).map((map) => new Map(Object.entries(map)));
    fc.assert(fc.property(conditions, conditions, request, (earlier, later, one) => {
      fc.pre(covers(earlier, later) && matches(later as Match, one));
      expect(matches(earlier as Match, one)).toBe(true);
    }));
  });

  test('a match covers itself, and itself with more conditions', () => {
    fc.assert(fc.property(conditions, conditions, (one, more) => {
      expect(covers(one, one)).toBe(true);
      expect(covers(one, new Map([...more, ...one]))).toBe(true);
    }));
  });
});
