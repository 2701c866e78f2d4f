import { literal, named, product, show, showAmount, sum } from '../../src/plan/amount';

test.each([
  [20, 's', '20s'], [25, '%', '25%'], [3, '', '3'], [3, 'pods', '3 pods'], [1, 'pods', '1 pod'], [0, 'pods', '0 pods'],
  [1, 'connections', '1 connection'], [2, 'connections', '2 connections'], [1, 'replicas', '1 replica'], [-5, 'connections', '-5 connections'],
] as const)('%d in the unit %j is shown as %j', (value, unit, text) => {
  expect(show(value, unit)).toBe(text);
});

test('a sum shows its terms, and its value where it is told as a limit', () => {
  const total = sum(named('preStop', 10, 's'), named('drain', 30, 's'), literal(5, 's'));
  expect(total).toEqual({ value: 45, text: 'preStop 10s + drain 30s + 5s', isCompound: true });
  expect(showAmount(total, 's')).toBe('preStop 10s + drain 30s + 5s = 45s');
});

test('a sum of one term is that term', () => {
  expect(sum(named('drain', 30, 's'))).toEqual(named('drain', 30, 's'));
});

test('a product puts a sum among its factors in brackets', () => {
  const factor = sum(named('a', 1, ''), named('b', 2, ''));
  expect(product(literal(2, ''), factor)).toEqual({ value: 6, text: '2 × (a 1 + b 2)', isCompound: true });
});

test('a name or a number is told as it is', () => {
  expect(showAmount(named('drain', 30, 's'), 's')).toBe('drain 30s');
  expect(showAmount(literal(30, 's'), 's')).toBe('30s');
});
