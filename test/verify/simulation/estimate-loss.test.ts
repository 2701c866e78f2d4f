import { EXACT, SOUND } from './models';
import { estimateLoss } from '../../../src/verify/simulation/estimate-loss';

const LOAD = { runs: 15, seed: 1, requestsPerSecond: 100, requestSeconds: 0.02 };

test('a sound release loses nothing', () => {
  expect(estimateLoss(SOUND, LOAD)).toMatchObject({
    newConnections: { median: 0, min: 0, max: 0 }, keptConnections: { median: 0, min: 0, max: 0 },
  });
});

test('a release that refuses a fifth of twenty seconds loses that many', () => {
  const { newConnections } = estimateLoss(EXACT, LOAD);
  expect(newConnections.median).toBeGreaterThan(370);
  expect(newConnections.median).toBeLessThan(430);
  expect(newConnections.min).toBeLessThan(newConnections.median);
  expect(newConnections.max).toBeGreaterThan(newConnections.median);
});

test('tells how many requests were sent', () => {
  // A second before the release, 25 of it, and one after it.
  const { requests } = estimateLoss(EXACT, LOAD).newConnections;
  expect(requests).toBeGreaterThan(2600);
  expect(requests).toBeLessThan(2800);
});

test('twice the load loses twice as much', () => {
  const twice = estimateLoss(EXACT, { ...LOAD, requestsPerSecond: 200 }).newConnections.median;
  expect(twice / estimateLoss(EXACT, LOAD).newConnections.median).toBeCloseTo(2, 0);
});

test('the same seed estimates the same', () => {
  expect(estimateLoss(EXACT, LOAD)).toEqual(estimateLoss(EXACT, LOAD));
});

test('the median of two runs lies between them', () => {
  const { median, min, max } = estimateLoss(EXACT, { ...LOAD, runs: 2 }).newConnections;
  expect(median).toBe((min + max) / 2);
});

test('estimates other scenarios as well', () => {
  const deletion = estimateLoss({ ...EXACT, evictions: 1 }, { ...LOAD, scenario: 'singleDeletion' }).newConnections.median;
  // A quarter of five seconds.
  expect(deletion).toBeGreaterThan(105);
  expect(deletion).toBeLessThan(145);
});
