import fc from 'fast-check';
import { podsOf, resolvedRollingUpdate } from '../../src/cluster/count';

test.each([
  [3, 10, 'up', 3], [3, 1, 'down', 3], [0, 4, 'up', 0], ['25%', 4, 'up', 1], ['25%', 4, 'down', 1], ['25%', 3, 'up', 1], ['25%', 3, 'down', 0],
  ['25%', 5, 'up', 2], ['25%', 5, 'down', 1], ['100%', 7, 'up', 7], ['0%', 7, 'up', 0], ['1%', 1, 'up', 1], ['1%', 99, 'down', 0], ['200%', 3, 'down', 6],
  ['7%', 100, 'up', 7], ['29%', 100, 'up', 29], ['57%', 100, 'down', 57], ['25%', 0, 'up', 0],
] as const)('%s of %i pods, rounded %3$s, is %4$i', (count, total, rounding, pods) => {
  expect(podsOf(count, total, rounding)).toBe(pods);
});

test('a percentage of any number is rounded as exact fractions are', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1_000_000 }), (percent, total) => {
    const hundredfold = BigInt(percent) * BigInt(total);
    expect(podsOf(`${percent}%`, total, 'down')).toBe(Number(hundredfold / 100n));
    expect(podsOf(`${percent}%`, total, 'up')).toBe(Number((hundredfold + 99n) / 100n));
  }), { numRuns: 5000 });
});

test('a number of pods is itself, whatever the total and the rounding', () => {
  fc.assert(fc.property(fc.nat(), fc.nat(), fc.constantFrom('up' as const, 'down' as const), (count, total, rounding) => {
    expect(podsOf(count, total, rounding)).toBe(count);
  }));
});

test.each([
  ['25%', '25%', 4, 1, 1], ['25%', '25%', 1, 1, 0], [0, 1, 3, 0, 1], [1, 0, 3, 1, 0], [0, '25%', 3, 0, 1], ['0%', 0, 3, 0, 1], [0, 0, 0, 0, 0],
  [0, 5, 3, 0, 3], ['100%', '100%', 3, 3, 3], ['10%', '10%', 4, 1, 0],
] as const)('maxSurge %s and maxUnavailable %s over %i pods come to %i and %i', (maxSurge, maxUnavailable, replicas, surge, unavailable) => {
  expect(resolvedRollingUpdate({ maxSurge, maxUnavailable }, replicas)).toEqual({ surge, unavailable });
});

test('no rolling update of any pod is stuck: surge and unavailable never come to nothing together', () => {
  const count = fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 100 }).map((percent) => `${percent}%` as const));
  fc.assert(fc.property(count, count, fc.integer({ min: 1, max: 500 }), (maxSurge, maxUnavailable, replicas) => {
    const { surge, unavailable } = resolvedRollingUpdate({ maxSurge, maxUnavailable }, replicas);
    expect(surge + unavailable).toBeGreaterThan(0);
    expect(unavailable).toBeLessThanOrEqual(replicas);
  }));
});
