import fc from 'fast-check';
import { quantityOf } from '../../src/reading/quantity';

test.each([
  ['0', 0], ['2', 2], ['-2', -2], ['+2', 2], ['1.5', 1.5], ['.5', 0.5], ['5.', 5], ['100m', 0.1], ['250u', 0.00025], ['1n', 1e-9], ['1k', 1000], ['1M', 1e6],
  ['1E', 1e18], ['1E3', 1000], ['1e3', 1000], ['1e-3', 0.001], ['1Ki', 1024], ['1.5Gi', 1610612736], ['1Ei', 2 ** 60],
])('%s is %d', (text, value) => {
  expect(quantityOf(text)).toBe(value);
});

test.each(['', ' 1', '1 ', '1 Gi', 'Gi', '.', '1K', '1KI', '1gi', '1mi', '1e', '1e3m', '0x1', '1,5', '1e999', '1_0'])('%j is none', (text) => {
  expect(quantityOf(text)).toBeUndefined();
});

test('thousandths of a number are the number', () => {
  fc.assert(fc.property(fc.nat(1e9), (value) => {
    expect(quantityOf(`${value * 1000}m`)).toBe(value);
  }));
});
