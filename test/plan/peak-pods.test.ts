import { Duration } from 'cdk8s';
import { planned, seconds } from './declare';
import { RollingRelease, simulatedPeak } from './rolling-release';
import { Pods } from '../../src/spec/pods';
import { Replicas } from '../../src/spec/replicas';
import { Risk } from '../../src/spec/risk';
import { Rollout } from '../../src/spec/rollout/rollout';
import { Shutdown } from '../../src/spec/shutdown';
import { Traffic } from '../../src/spec/traffic/traffic';

const REPLICAS = [1, 2, 3, 4, 5, 6, 7, 8];
const SURGES = [1, 2, 3];
const UNAVAILABLE = [0, 1, 2];
/** Six seconds are the least that can be declared: a hook of one second and the margin. */
const GRACE_PERIODS = [6, 7, 9, 10, 11, 13, 15, 18, 20, 21, 25, 30, 33, 37, 40];
const MIN_READY = [1, 2, 3, 4, 5, 7, 9, 10, 13, 16, 19, 20];

/** The pods that the plan counts for the release alone, without those that evictions add. */
function plannedPeak({ replicas, surge, unavailable, grace, minReady }: RollingRelease): number {
  const { plan } = planned({
    replicas: Replicas.fixed(replicas),
    accept: [Risk.singleReplica('a simulation')],
    rollout: Rollout.rolling({ maxSurge: Pods.count(surge), maxUnavailable: Pods.count(unavailable) }),
    traffic: [Traffic.clusterInternal({ propagation: Duration.seconds(0) })],
    longestRequest: seconds(1),
    shutdown: Shutdown.exitsAtOnce(),
    overrides: {
      preStop: seconds(1),
      terminationGracePeriod: seconds(grace),
      minReady: seconds(minReady),
      readinessProbe: { period: seconds(1), failureThreshold: 1 },
    },
  });
  return plan.find('peakPods').value - plan.assumptions.find(({ name }) => name === 'evictionsPerGracePeriod')!.value;
}

function* releases(): Generator<RollingRelease> {
  for (const replicas of REPLICAS) {
    for (const surge of SURGES) {
      for (const unavailable of UNAVAILABLE.filter((pods) => pods < replicas)) {
        for (const grace of GRACE_PERIODS) {
          for (const minReady of MIN_READY) {
            yield { replicas, surge, unavailable, grace, minReady };
          }
        }
      }
    }
  }
}

test.each([
  ['one pod after another, each gone before the next', { replicas: 3, surge: 1, unavailable: 0, grace: 5, minReady: 10 }, 5],
  ['all at once', { replicas: 3, surge: 3, unavailable: 0, grace: 30, minReady: 5 }, 6],
  ['terminating pods that pile up', { replicas: 8, surge: 1, unavailable: 0, grace: 30, minReady: 10 }, 12],
  ['a pod taken away first', { replicas: 3, surge: 0, unavailable: 1, grace: 5, minReady: 10 }, 4],
])('the simulation counts %s', (_, release, peak) => {
  expect(simulatedPeak(release)).toBe(peak);
});

test('no simulated release has more pods alive than were planned for', () => {
  const exceeded = [...releases()].filter((release) => simulatedPeak(release) > plannedPeak(release));
  expect(exceeded).toEqual([]);
});

test.each([2, 3, 7])('nor has one whose controller acts every %d seconds only, so that deletions bunch', (lag) => {
  const exceeded = [...releases()].filter((release) => simulatedPeak({ ...release, lag }) > plannedPeak(release));
  expect(exceeded).toEqual([]);
});

test('the planned peak is reached in nine of ten releases, and never more than a surge of pods too high', () => {
  let tight = 0;
  let count = 0;
  for (const release of releases()) {
    const excess = plannedPeak(release) - simulatedPeak(release);
    tight += excess === 0 ? 1 : 0;
    count += 1;
    expect(excess).toBeLessThanOrEqual(release.surge + release.unavailable);
  }
  expect(tight / count).toBeGreaterThan(0.9);
});
