import * as fc from 'fast-check';
import { desiredHealthy, disruptionsAllowed } from '../../../src/verify/controller/disruption-budget';
import type { Budget } from '../../../src/verify/workload-model';

test.each<[Budget, number, number]>([
  [{ minAvailable: 2 }, 3, 2],
  [{ minAvailable: 5 }, 3, 5],
  [{ minAvailable: '50%' }, 3, 2],
  [{ minAvailable: '100%' }, 3, 3],
  [{ minAvailable: '34%' }, 3, 2],
  [{ maxUnavailable: 1 }, 3, 2],
  [{ maxUnavailable: 0 }, 3, 3],
  [{ maxUnavailable: 5 }, 3, 0],
  [{ maxUnavailable: '10%' }, 3, 2],
  [{ maxUnavailable: '34%' }, 3, 1],
  [{ maxUnavailable: '100%' }, 3, 0],
])('%j of %d pods wants %d healthy', (budget, expected, healthy) => {
  expect(desiredHealthy(budget, expected)).toBe(healthy);
});

test.each<[Budget, number, number, number]>([
  [{ minAvailable: 2 }, 3, 3, 1],
  [{ minAvailable: 2 }, 3, 2, 0],
  [{ minAvailable: 2 }, 3, 1, 0],
  [{ maxUnavailable: 1 }, 3, 4, 2],
  [{ maxUnavailable: 1 }, 0, 0, 0],
  [{ maxUnavailable: '100%' }, 0, 2, 0],
])('%j of %d pods, %d of them healthy, allows %d evictions', (budget, expected, healthy, allowed) => {
  expect(disruptionsAllowed(budget, expected, healthy)).toBe(allowed);
});

test('after all allowed evictions the pods wanted are still healthy', () => {
  const budget = fc.oneof(
    fc.nat(20).map((minAvailable): Budget => ({ minAvailable })),
    fc.nat(100).map((percent): Budget => ({ minAvailable: `${percent}%` })),
    fc.nat(100).map((percent): Budget => ({ maxUnavailable: `${percent}%` })),
  );
  fc.assert(fc.property(budget, fc.integer({ min: 1, max: 20 }), fc.nat(20), (drawn, expected, healthy) => {
    const left = healthy - disruptionsAllowed(drawn, expected, healthy);
    expect(left).toBe(Math.min(healthy, desiredHealthy(drawn, expected)));
  }));
});
