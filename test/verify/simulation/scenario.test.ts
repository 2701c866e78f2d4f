import { SOUND } from './models';
import { Random } from '../../../src/verify/simulation/random';
import { Course, drawCourse, Scenario, scenariosOf } from '../../../src/verify/simulation/scenario';
import { simulate } from '../../../src/verify/simulation/simulate';
import type { WorkloadModel } from '../../../src/verify/workload-model';

const AUTOSCALED: WorkloadModel = { ...SOUND, replicas: { min: 2, max: 6 }, evictions: 3 };

function courses(model: WorkloadModel, scenario: Scenario): Course[] {
  return Array.from({ length: 200 }, (_, seed) => drawCourse(model, scenario, new Random(seed)));
}

test('a model without evictions and autoscaler is released, changed again and rolled back', () => {
  expect(scenariosOf({ ...SOUND, evictions: 0 })).toEqual(['release', 'secondChange', 'rollback']);
});

test('evictions come only where the model has some', () => {
  expect(scenariosOf(SOUND)).toEqual(['release', 'secondChange', 'rollback', 'releaseWithEvictions', 'singleDeletion']);
});

test('pods are scaled down only where an autoscaler may', () => {
  expect(scenariosOf({ ...AUTOSCALED, evictions: 0 })).toEqual(['release', 'secondChange', 'rollback', 'scaleDown']);
});

test('a release begins at once and replaces what runs', () => {
  expect(courses(SOUND, 'release').map(({ disturbances }) => disturbances)).toEqual(
    new Array(200).fill([{ kind: 'release', to: 1, at: 0 }]));
});

test.each<[Scenario, number]>([['secondChange', 2], ['rollback', 0]])('in a %s version %d is asked for amid the release', (scenario, version) => {
  const seconds = courses(SOUND, scenario).map(({ disturbances }) => disturbances[1]);
  expect(new Set(seconds.map(({ kind, to }) => `${kind} ${to}`))).toEqual(new Set([`release ${version}`]));
  expect(seconds.some(({ at }) => at !== undefined)).toBe(true);
  expect(seconds.some(({ afterSteps }) => afterSteps !== undefined)).toBe(true);
});

test('no release has more evictions than the model allows, and some have as many', () => {
  const evictions = courses(AUTOSCALED, 'releaseWithEvictions').map(({ disturbances }) => disturbances.filter(({ kind }) => kind === 'eviction').length);
  expect([Math.min(...evictions), Math.max(...evictions)]).toEqual([1, 3]);
});

test('an autoscaler stays within its bounds', () => {
  const asked = courses(AUTOSCALED, 'release').flatMap(({ replicas, disturbances }) =>
    [replicas, ...disturbances.filter(({ kind }) => kind === 'scale').map(({ to }) => to)]);
  expect([Math.min(...asked), Math.max(...asked)]).toEqual([2, 6]);
});

test('a scale-down removes at least one pod', () => {
  for (const { replicas, disturbances } of courses(AUTOSCALED, 'scaleDown')) {
    expect(disturbances).toEqual([{ kind: 'scale', to: expect.any(Number), at: 0 }]);
    expect(disturbances[0].to).toBeLessThan(replicas);
    expect(disturbances[0].to).toBeGreaterThanOrEqual(2);
  }
});

test('over many seeds every scenario of a model is drawn', () => {
  const drawn = new Set(Array.from({ length: 100 }, (_, seed) => simulate(AUTOSCALED, { seed, requestsPerSecond: 1 }).scenario));
  expect(drawn).toEqual(new Set(scenariosOf(AUTOSCALED)));
});
