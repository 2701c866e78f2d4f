import { literal } from '../../src/plan/amount';
import { atLeast, atMost, Bound, equalTo, holds, inWords, largestAllowed, lessThan, moreThan, smallestAllowed } from '../../src/plan/bound';

const REASON = { because: 'it breaks', source: 'a test' };
const at = (make: (limit: ReturnType<typeof literal>, reason: typeof REASON) => Bound, limit: number) => make(literal(limit, 's'), REASON);

test.each([
  ['≥', at(atLeast, 3), [3, 4], [2]],
  ['>', at(moreThan, 3), [4], [3, 2]],
  ['≤', at(atMost, 3), [3, 2], [4]],
  ['<', at(lessThan, 3), [2], [3, 4]],
  ['=', at(equalTo, 3), [3], [2, 4]],
])('a value stands to its bound as %s says', (relation, bound, kept, broken) => {
  expect(bound).toMatchObject({ relation, ...REASON });
  expect(kept.map((value) => holds(value, bound))).toEqual(kept.map(() => true));
  expect(broken.map((value) => holds(value, bound))).toEqual(broken.map(() => false));
});

test.each([
  ['≥ 3', at(atLeast, 3), 3], ['≥ 2.5', at(atLeast, 2.5), 3], ['> 3', at(moreThan, 3), 4], ['> 2.5', at(moreThan, 2.5), 3],
  ['= 3', at(equalTo, 3), 3], ['≤ 3', at(atMost, 3), -Infinity], ['< 3', at(lessThan, 3), -Infinity],
])('the smallest whole number that %s allows', (_, bound, smallest) => {
  expect(smallestAllowed(bound)).toBe(smallest);
});

test.each([
  ['≤ 3', at(atMost, 3), 3], ['≤ 2.5', at(atMost, 2.5), 2], ['< 3', at(lessThan, 3), 2], ['< 2.5', at(lessThan, 2.5), 2],
  ['≥ 3', at(atLeast, 3), Infinity], ['> 3', at(moreThan, 3), Infinity],
])('the largest whole number that %s allows', (_, bound, largest) => {
  expect(largestAllowed(bound)).toBe(largest);
});

test('relations are told in words', () => {
  expect((['≥', '>', '≤', '<', '='] as const).map(inWords)).toEqual(['at least', 'more than', 'at most', 'less than', 'equal to']);
});
