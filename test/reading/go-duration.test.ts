import fc from 'fast-check';
import { goDuration } from '../../src/reading/go-duration';

test.each([
  ['0', 0], ['1s', 1], ['1h10m5.5s', 4205.5], ['1.5h', 5400], ['.5s', 0.5], ['5.s', 5], ['100ms', 0.1], ['250us', 0.00025], ['250µs', 0.00025],
  ['250μs', 0.00025], ['1ns', 1e-9], ['-1m', -60], ['+1m', 60], ['1s1s', 2], ['-0', 0], ['2562047h', 9223369200],
])('%s is %d seconds', (text, seconds) => {
  expect(goDuration(text)).toBe(seconds);
});

test.each(['', ' ', '1', '1.5', 's', '.s', '1 s', '1s ', '1d', '1S', '--1s', '1h-5m', '1e3s', '2562048h', 'Infinitys', '1h5'])('%j is none', (text) => {
  expect(goDuration(text)).toBeUndefined();
});

test('whole hours, minutes, seconds and milliseconds add up', () => {
  const amount = fc.nat(9999);
  fc.assert(fc.property(amount, amount, amount, amount, (h, m, s, ms) => {
    expect(goDuration(`${h}h${m}m${s}s${ms}ms`)).toBeCloseTo(h * 3600 + m * 60 + s + ms / 1000, 6);
  }));
});

test('a long text takes no long time to refuse', () => {
  expect(goDuration(`${'1'.repeat(100_000)}x`)).toBeUndefined();
  expect(goDuration(`${'1s'.repeat(50_000)}x`)).toBeUndefined();
});
