import { isDeepStrictEqual } from 'util';
import type { Scenario } from '../../../src/verify/simulation/scenario';
import { simulate, SimulationRun } from '../../../src/verify/simulation/simulate';
import type { ConnectionKind } from '../../../src/verify/simulation/tally';
import type { WorkloadModel } from '../../../src/verify/workload-model';
import { compareWithMeasurements, Comparison, MEASUREMENTS, medianOf } from '../../support/cluster-measurements';

const comparisons = compareWithMeasurements();

/** Pairs of configurations of which one lost at least so many times as much as the other, the lesser first. */
function farApart(kind: ConnectionKind, factor: number): (readonly [string, Comparison, Comparison])[] {
  return comparisons.flatMap((lesser) => comparisons
    .filter((greater) => Math.min(...greater[kind]) > factor * Math.max(...lesser[kind]))
    .map((greater) => [`${lesser.row} < ${greater.row}`, lesser, greater] as const));
}

/** The median of a number in thirty releases or single deletions of a measured configuration. */
function typical(model: WorkloadModel, scenario: Scenario, count: (run: SimulationRun) => number): number {
  const played = Array.from({ length: 30 }, (_, seed) => simulate(model, {
    seed, scenario, delays: 'uniform', requestsPerSecond: 200, requestSeconds: 0.02, networkLatencySeconds: 0.001,
  }));
  return medianOf(played.map(count));
}

describe('new connections', () => {
  test.each(farApart('newConnections', 1.05))('the order of losses is the measured one: %s', (_, lesser, greater) => {
    expect(lesser.simulated.newConnections.median).toBeLessThan(greater.simulated.newConnections.median);
  });

  test.each(comparisons.filter(({ newConnections }) => medianOf(newConnections) > 50))(
    'so many are lost as were measured, within a factor of 2.5: row $row', ({ simulated }) => {
      // 25 % of four pods is one: rows 2 and 4 are six rollouts of the same configuration.
      const measured = comparisons.filter((other) => isDeepStrictEqual(other.simulated, simulated)).flatMap(({ newConnections }) => newConnections);
      const ratio = simulated.newConnections.median / medianOf(measured);
      expect(ratio).toBeGreaterThan(1 / 2.5);
      expect(ratio).toBeLessThan(2.5);
    });

  test.each(comparisons.filter(({ newConnections }) => medianOf(newConnections) === 0))(
    'where none was lost none is in any run: row $row', ({ simulated }) => {
      expect(simulated.newConnections.max).toBe(0);
    });
});

describe('kept connections', () => {
  test.each(farApart('keptConnections', 1.05).filter(([, , greater]) => medianOf(greater.keptConnections) < 50))(
    'the order of losses is the measured one: %s', (_, lesser, greater) => {
      expect(lesser.simulated.keptConnections.median).toBeLessThan(greater.simulated.keptConnections.median);
    });

  // They are overestimated about fourfold: the simulated client tries again at once, and all pods of row 1 go in the same moment.
  test.each(comparisons.filter(({ keptConnections }) => medianOf(keptConnections) > 50))('no outage is underestimated: row $row', (comparison) => {
    expect(comparison.simulated.keptConnections.median).toBeGreaterThanOrEqual(medianOf(comparison.keptConnections));
  });
});

describe('further runs', () => {
  const drains = MEASUREMENTS.find(({ row }) => row === '4b')!.model;
  const sleeps = MEASUREMENTS.find(({ row }) => row === '3')!.model;
  const one = { min: 1, max: 1 };

  test('the only pod is deleted without a hook: 747 requests were lost', () => {
    const lost = typical({ ...drains, replicas: one }, 'singleDeletion', (run) => run.lost.newConnections);
    expect(lost).toBeGreaterThan(747 / 2.5);
    expect(lost).toBeLessThan(747 * 2.5);
  });

  test('the only pod is deleted while it sleeps for ten seconds: none was lost, with no pod ready', () => {
    expect(typical({ ...sleeps, replicas: one }, 'singleDeletion', (run) => run.lost.newConnections)).toBe(0);
    expect(typical({ ...sleeps, replicas: one }, 'singleDeletion', ({ fewestReady }) => fewestReady)).toBe(0);
    expect(typical({ ...sleeps, replicas: one }, 'singleDeletion', ({ mostPods }) => mostPods)).toBe(2);
  });

  test('four pods that sleep are eight at the most, four of them terminating, and three ready at the fewest', () => {
    const model: WorkloadModel = { ...sleeps, strategy: { kind: 'rollingUpdate', maxSurge: 1, maxUnavailable: 1 } };
    expect(typical(model, 'release', ({ mostPods }) => mostPods)).toBe(8);
    expect(typical(model, 'release', ({ mostTerminating }) => mostTerminating)).toBe(4);
    expect(typical(model, 'release', ({ fewestReady }) => fewestReady)).toBe(3);
  });

  test('a release without unavailable pods was done after 12 seconds, and a hook of ten seconds kept old pods until 24', () => {
    const done = typical(sleeps, 'release', ({ doneAt }) => doneAt);
    const gone = typical(sleeps, 'release', ({ oldGoneAt }) => oldGoneAt);
    expect(done).toBeGreaterThan(12 / 1.5);
    expect(done).toBeLessThan(12 * 1.5);
    expect(gone - done).toBeGreaterThan(10);
    expect(gone - done).toBeLessThan(13);
  });
});
