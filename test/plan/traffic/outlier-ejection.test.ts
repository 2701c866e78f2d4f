import { Pods } from '../../../src/spec/pods';
import { Replicas } from '../../../src/spec/replicas';
import { Risk } from '../../../src/spec/risk';
import { Rollout } from '../../../src/spec/rollout/rollout';
import { OutlierEjectionOptions } from '../../../src/spec/traffic/istio';
import { Traffic } from '../../../src/spec/traffic/traffic';
import { decided, originOf, planned, problemsOf, Props, seconds, valueOf } from '../declare';

const NAME = 'istio.maxEjectionPercent';
const ejecting = (outlierEjection: OutlierEjectionOptions = {}, props: Props = {}): Props =>
  ({ ...props, traffic: [Traffic.istio({ outlierEjection })] });
const ejectionOf = (options: OutlierEjectionOptions, props: Props = {}) => {
  const found = planned(ejecting(options, props)).planned.traffic[1];
  return 'outlierEjection' in found ? found.outlierEjection : undefined;
};
const replicas = (count: number) => ({ replicas: Replicas.fixed(count) });
const between = (min: number, max: number) => ({ replicas: Replicas.autoscaled({ min, max }) });
const missing = (maxUnavailable: Pods) => ({ rollout: Rollout.rolling({ maxUnavailable }) });
const bound = (share: number, evicted = 'maxDisrupted 1 pod') =>
  `${share}%, so that at any number of replicas ⌊replicas × maxEjectionPercent⌋ + ${evicted} + maxUnavailable leave a pod`;

describe(NAME, () => {
  test('is half of the pods where that leaves one with evictions and a release going on', () => {
    expect(decided(NAME, ejecting())).toEqual({
      value: 50,
      unit: '%',
      origin: 'preferred',
      inequalities: [`≤ ${bound(66)}`],
    });
  });

  test('is less where a release may take pods away', () => {
    expect(decided(NAME, ejecting({}, { ...replicas(6), ...missing(Pods.count(3)) }))).toEqual({
      value: 33, unit: '%', origin: 'derived', inequalities: [`≤ ${bound(33)}`],
    });
  });

  test('is less where evictions may take pods away', () => {
    expect(valueOf(NAME, ejecting({}, { ...replicas(6), overrides: { maxDisrupted: 4 } }))).toBe(33);
  });

  test.each<[string, Props, number]>([
    ['the fewest', between(3, 40), 66],
    ['the most', { ...between(4, 8), ...missing(Pods.percent(25)), overrides: { maxDisrupted: 1 } }, 49],
    ['some between', { ...between(5, 8), ...missing(Pods.percent(50)) }, 33],
    ['too few to eject any', { ...between(2, 40) }, 0],
  ])('holds at every number of replicas, where %s allow the least', (_, props, share) => {
    expect(decided(NAME, ejecting({}, props)).inequalities).toEqual([`≤ ${bound(share)}`]);
  });

  test('always leaves a pod at every number that an autoscaler may choose, and at one of them a larger share would not', () => {
    for (const percent of [0, 10, 25, 34, 50]) {
      for (let min = 3; min <= 12; min += 1) {
        for (let max = min; max <= 24; max += 3) {
          const props = ejecting({}, { ...between(min, max), ...missing(percent * min >= 100 ? Pods.percent(percent) : Pods.count(0)) });
          const { inequalities: [{ limit }], value } = planned(props).plan.find(NAME);
          const left = (share: number) => Math.min(...Array.from({ length: max - min + 1 }, (_, more) => min + more).map((count) =>
            count - Math.floor(count * share / 100) - 1 - (percent * min >= 100 ? Math.floor(count * percent / 100) : 0)));
          expect(value === 0 || left(value) >= 1).toBe(true);
          expect(limit === 0 || limit === 100 || (left(limit) >= 1 && left(limit + 1) < 1)).toBe(true);
        }
      }
    }
  });

  test('is none with too few replicas, and then nothing is ejected', () => {
    expect(valueOf(NAME, ejecting({}, replicas(2)))).toBe(0);
    expect(ejectionOf({}, replicas(2))).toBeUndefined();
  });

  test('counts one eviction where there is no disruption budget', () => {
    const props = ejecting({}, { ...replicas(1), accept: [Risk.singleReplica('a batch reader')] });
    expect(decided(NAME, props)).toMatchObject({
      value: 0, origin: 'derived', inequalities: [`≤ ${bound(0, 'one eviction')}`],
    });
  });

  test('always leaves a pod, and where any pod is spare a larger share would not', () => {
    for (let count = 2; count <= 40; count += 1) {
      for (let unavailable = 0; unavailable < Math.min(count, 4); unavailable += 1) {
        const props = ejecting({}, { ...replicas(count), rollout: Rollout.rolling({ maxUnavailable: Pods.count(unavailable) }) });
        const { inequalities: [{ limit }], value } = planned(props).plan.find(NAME);
        const left = (percent: number) => count - Math.floor(count * percent / 100) - valueOf('maxDisrupted', props) - unavailable;
        expect(value === 0 || left(value) >= 1).toBe(true);
        expect(limit === 0 || limit === 100 || left(limit + 1) < 1).toBe(true);
      }
    }
  });

  test('may be overridden up to the bound, and no further', () => {
    expect(originOf(NAME, ejecting({ maxEjectionPercent: 66 }))).toBe('overridden');
    expect(problemsOf(ejecting({ maxEjectionPercent: 67 }))).toEqual([
      `${NAME} 67% must be at most ${bound(66)}; give it 66% or less, or leave it out`,
    ]);
  });

  test('may be none', () => {
    expect(ejectionOf({ maxEjectionPercent: 0 })).toBeUndefined();
  });

  test.each([-1, 101, 0.5, NaN])('is refused at %d', (maxEjectionPercent) => {
    expect(problemsOf(ejecting({ maxEjectionPercent }))).toEqual([`${NAME} ${maxEjectionPercent} must be a whole number from 0 to 100`]);
  });
});

describe('outlier ejection', () => {
  test('follows five errors in a row, looked at every 10 seconds, for 30 seconds', () => {
    expect(ejectionOf({})).toEqual({ consecutiveErrors: 5, interval: 10, baseEjectionTime: 30, maxEjectionPercent: 50 });
  });

  test('takes what is declared', () => {
    const options = { consecutiveErrors: 1, interval: seconds(1), baseEjectionTime: seconds(3600), maxEjectionPercent: 10 };
    expect(ejectionOf(options)).toEqual({ consecutiveErrors: 1, interval: 1, baseEjectionTime: 3600, maxEjectionPercent: 10 });
  });

  const BAD: Array<[OutlierEjectionOptions, string]> = [
    [{ consecutiveErrors: 0 }, 'istio.consecutiveErrors 0 must be a whole number from 1 to 1000000'],
    [{ interval: seconds(0) }, 'istio.interval 0s must be from 1s to 3600s'],
    [{ interval: seconds(3601) }, 'istio.interval 3601s must be from 1s to 3600s'],
    [{ baseEjectionTime: seconds(0) }, 'istio.baseEjectionTime 0s must be from 1s to 3600s'],
    [{ baseEjectionTime: seconds(3601) }, 'istio.baseEjectionTime 3601s must be from 1s to 3600s'],
  ];

  test.each(BAD)('refuses %j', (options, problem) => {
    expect(problemsOf(ejecting(options))).toEqual([problem]);
  });

  test.each(BAD)('refuses %j even where nothing is ejected', (options, problem) => {
    expect(problemsOf(ejecting(options, replicas(2)))).toEqual([problem]);
    expect(problemsOf(ejecting({ ...options, maxEjectionPercent: 0 }))).toEqual([problem]);
  });

  test('takes good settings where nothing is ejected', () => {
    expect(problemsOf(ejecting({ consecutiveErrors: 1, interval: seconds(1), baseEjectionTime: seconds(3600) }, replicas(2)))).toEqual([]);
  });
});
