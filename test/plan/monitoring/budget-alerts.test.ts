import fc from 'fast-check';
import { BURN_RATES, enoughFor, failedShareAt } from '../../../src/plan/monitoring/budget-alerts';

const factors = Object.values(BURN_RATES).map(({ factor }) => factor);
/** Targets with three decimals, as they are given. */
const targets = fc.integer({ min: 95_000, max: 99_999 }).map((thousandths) => thousandths / 1000);

test('a budget of 30 days loses 2 % in an hour at the fast rate, and 5 % in six at the slow one', () => {
  const lost = ({ factor, long }: typeof BURN_RATES[keyof typeof BURN_RATES]) => factor * long / (30 * 86_400);
  expect(lost(BURN_RATES.fast)).toBeCloseTo(0.02, 12);
  expect(lost(BURN_RATES.slow)).toBeCloseTo(0.05, 12);
});

test('the short window is a twelfth of the long one', () => {
  expect(Object.values(BURN_RATES).map(({ long, short }) => long / short)).toEqual([12, 12]);
});

test.each([[14.4, 99.9, 0.0144], [6, 99.9, 0.006], [14.4, 99.95, 0.0072], [14.4, 99, 0.144], [6, 99.999, 0.00006]])(
  '%d times the budget of %d %% is a share of %d', (factor, target, share) => {
    expect(failedShareAt(factor, target)).toBe(share);
  });

test('a share is that of the budget times the factor, below 1, and written without dust', () => {
  fc.assert(fc.property(targets, fc.constantFrom(...factors), (target, factor) => {
    const share = failedShareAt(factor, target);
    expect(share).toBeCloseTo(factor * (1 - target / 100), 9);
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThan(1);
    expect(String(share)).toMatch(/^(0\.\d{1,8}|\d(\.\d+)?e-\d)$/);
  }));
});

test('a better target and a lower rate are alerts at fewer failures', () => {
  fc.assert(fc.property(targets, targets, (a, b) => {
    fc.pre(a < b);
    expect(failedShareAt(14.4, b)).toBeLessThan(failedShareAt(14.4, a));
    expect(failedShareAt(6, a)).toBeLessThan(failedShareAt(14.4, a));
  }));
});

test('among enough requests one failure is no alert, and among one fewer it may be', () => {
  fc.assert(fc.property(targets, fc.constantFrom(...factors), (target, factor) => {
    const [enough, share] = [enoughFor(factor, target), failedShareAt(factor, target)];
    expect(1 / enough).toBeLessThan(share);
    expect(1 / (enough - 1)).toBeGreaterThanOrEqual(share);
  }));
});
