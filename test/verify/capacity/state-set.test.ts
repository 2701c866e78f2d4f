import { WIDTH } from '../../../src/verify/capacity/state';
import { StateSet } from '../../../src/verify/capacity/state-set';

const state = (...numbers: number[]) => [...numbers, ...new Array<number>(WIDTH - numbers.length).fill(0)];

test('a state is added once', () => {
  const set = new StateSet();
  expect([set.add(state(1, 2), -1), set.add(state(1, 2), 0), set.add(state(2, 1), 0)]).toEqual([true, false, true]);
  expect(set.size).toBe(2);
});

test('states are numbered in the order in which they came, and know where from', () => {
  const set = new StateSet();
  set.add(state(4), -1);
  set.add(state(3, 1), 0);
  set.add(state(3, 0, 1), 1);
  expect([0, 1, 2].map((index) => set.at(index))).toEqual([state(4), state(3, 1), state(3, 0, 1)]);
  expect([0, 1, 2].map((index) => set.parentOf(index))).toEqual([-1, 0, 1]);
});

test('nothing is lost or doubled as it grows', () => {
  const set = new StateSet();
  for (let index = 0; index < 20_000; index += 1) {
    set.add(state(index % 100, Math.floor(index / 100) % 50, index % 7), index - 1);
    set.add(state(index % 100, Math.floor(index / 100) % 50, index % 7), 0);
  }
  expect(set.size).toBe(20_000);
  expect(set.at(19_999)).toEqual(state(99, 49, 19_999 % 7));
  expect(set.parentOf(19_999)).toBe(19_998);
});
