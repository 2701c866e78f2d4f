import { decided, originOf, planned, problemsOf, Props, seconds, valueOf } from './declare';

describe.each([
  ['startupProbe', 2, 2], ['readinessProbe', 5, 3], ['livenessProbe', 10, 5],
])('%s', (probe, period, timeout) => {
  const timing = (given: object): Props => ({ overrides: { [probe]: given } });

  test(`is asked every ${period} seconds`, () => {
    expect(decided(`${probe}.period`)).toEqual({ value: period, unit: 's', origin: 'preferred', inequalities: ['≥ 1s'] });
  });

  test(`fails after ${timeout} seconds without an answer`, () => {
    expect(decided(`${probe}.timeout`)).toMatchObject({
      value: timeout, unit: 's', inequalities: ['≥ 1s', `≤ ${probe}.period ${period}s`],
    });
  });

  test('may be asked every second, which shortens the timeout', () => {
    const props = timing({ period: seconds(1) });
    expect(originOf(`${probe}.period`, props)).toBe('overridden');
    expect(decided(`${probe}.timeout`, props)).toEqual({
      value: 1, unit: 's', origin: 'derived', inequalities: ['≥ 1s', `≤ ${probe}.period 1s`],
    });
  });

  test('is refused a period of zero seconds', () => {
    expect(problemsOf(timing({ period: seconds(0) })))
      .toContain(`${probe}.period 0s must be at least 1s; give it 1s or more, or leave it out`);
  });

  test('may time out up to its period, and no later', () => {
    expect(valueOf(`${probe}.timeout`, timing({ timeout: seconds(period) }))).toBe(period);
    expect(originOf(`${probe}.timeout`, timing({ timeout: seconds(period) }))).toBe('overridden');
    expect(problemsOf(timing({ timeout: seconds(period + 1) }))).toEqual([
      `${probe}.timeout ${period + 1}s must be at most ${probe}.period ${period}s; give it ${period}s or less, or leave it out`,
    ]);
  });

  test('is refused a timeout of zero seconds', () => {
    expect(problemsOf(timing({ timeout: seconds(0) })))
      .toEqual([`${probe}.timeout 0s must be at least 1s; give it 1s or more, or leave it out`]);
  });

  test.each([50.5, NaN, Infinity])('is refused the threshold %d, which Kubernetes does not take', (failureThreshold) => {
    expect(problemsOf(timing({ failureThreshold }))).toContain(`${probe}.failureThreshold ${failureThreshold} must be a whole number`);
  });

  test('is refused a threshold that is not a whole number in one message', () => {
    expect(problemsOf(timing({ failureThreshold: 50.5 }))).toHaveLength(1);
  });
});

test('livenessProbe is refused a threshold that is no number in one message', () => {
  expect(problemsOf({ overrides: { livenessProbe: { failureThreshold: NaN } } })).toHaveLength(1);
});

// What follows from the threshold is no number either, and is told of as if it had been given.
test.each(['startupProbe', 'readinessProbe'])('%s is refused a threshold that is no number in one message', (probe) => {
  expect(problemsOf({ overrides: { [probe]: { failureThreshold: NaN } } })).toHaveLength(1);
});

test.each(['readinessProbe', 'livenessProbe'])('%s.timeout is the customary one, because its period leaves room for it', (probe) => {
  expect(originOf(`${probe}.timeout`)).toBe('preferred');
});

test('a value that an upper bound cuts below the customary one is derived, not preferred', () => {
  const timeout = (period: number) => decided('livenessProbe.timeout', { overrides: { livenessProbe: { period: seconds(period) } } });
  // The customary 5 s are cut to the period of 4 s: the bound decides.
  expect(timeout(4)).toMatchObject({ value: 4, origin: 'derived' });
  expect(timeout(5)).toMatchObject({ value: 5, origin: 'preferred' });
});

describe('startupProbe.period', () => {
  test.each([[1, 1], [30, 1], [31, 2], [60, 2], [61, 3], [299, 10], [300, 10], [3600, 10]])('at a start within %d s is %d s', (starts, period) => {
    const props = { startsWithin: seconds(starts) };
    expect(valueOf('startupProbe.period', props)).toBe(period);
    expect(originOf('startupProbe.period', props)).toBe(period === 1 ? 'derived' : 'preferred');
  });
});

describe('startupProbe.failureThreshold', () => {
  test('outlasts the start-up bound, and one more because the first question comes at once', () => {
    expect(decided('startupProbe.failureThreshold')).toEqual({
      value: 31, unit: '', origin: 'derived', inequalities: ['≥ ⌈startsWithin 60s ÷ startupProbe.period 2s⌉ + 1'],
    });
  });

  test.each([[1, 2], [59, 31], [60, 31], [61, 22], [3600, 361]])('at a start within %d s is %d', (starts, threshold) => {
    expect(valueOf('startupProbe.failureThreshold', { startsWithin: seconds(starts) })).toBe(threshold);
  });

  test('never kills a program that is still starting, whatever the rhythm', () => {
    for (let starts = 1; starts <= 400; starts += 1) {
      const { startup } = planned({ startsWithin: seconds(starts) }).planned.probes;
      expect((startup.failureThreshold - 1) * startup.period).toBeGreaterThanOrEqual(starts);
    }
  });

  test('follows an overridden period', () => {
    expect(valueOf('startupProbe.failureThreshold', { overrides: { startupProbe: { period: seconds(7) } } })).toBe(10);
  });

  test('may be overridden down to the bound', () => {
    expect(originOf('startupProbe.failureThreshold', { overrides: { startupProbe: { failureThreshold: 31 } } })).toBe('overridden');
  });

  test('is refused one below', () => {
    expect(problemsOf({ overrides: { startupProbe: { failureThreshold: 30 } } })).toEqual([
      'startupProbe.failureThreshold 30 must be at least ⌈startsWithin 60s ÷ startupProbe.period 2s⌉ + 1 = 31; give it 31 or more, or leave it out',
    ]);
  });
});

describe('readinessProbe.failureThreshold', () => {
  test('is three', () => {
    expect(decided('readinessProbe.failureThreshold')).toEqual({ value: 3, unit: '', origin: 'preferred', inequalities: ['≥ 1'] });
  });

  test('may be one, and not zero', () => {
    expect(valueOf('readinessProbe.failureThreshold', { overrides: { readinessProbe: { failureThreshold: 1 } } })).toBe(1);
    expect(problemsOf({ overrides: { readinessProbe: { failureThreshold: 0 } } }))
      .toEqual(['readinessProbe.failureThreshold 0 must be at least 1; give it 1 or more, or leave it out']);
  });
});

describe('livenessProbe.failureThreshold', () => {
  const bound = '⌈readinessProbe.period 5s × readinessProbe.failureThreshold 3 ÷ livenessProbe.period 10s⌉ + 1';

  test('is three where that keeps a restart behind the loss of readiness', () => {
    expect(decided('livenessProbe.failureThreshold')).toEqual({
      value: 3, unit: '', origin: 'derived', inequalities: ['≥ 1', `≥ ${bound}`],
    });
  });

  test('is three where two would be enough', () => {
    const overrides = { readinessProbe: { failureThreshold: 2 } };
    expect(decided('livenessProbe.failureThreshold', { overrides })).toEqual({
      value: 3,
      unit: '',
      origin: 'preferred',
      inequalities: ['≥ 1', '≥ ⌈readinessProbe.period 5s × readinessProbe.failureThreshold 2 ÷ livenessProbe.period 10s⌉ + 1'],
    });
    expect(problemsOf({ overrides: { ...overrides, livenessProbe: { failureThreshold: 2 } } })).toEqual([]);
  });

  test.each([[10, 10, 2], [11, 10, 3], [20, 10, 3], [21, 10, 4], [1, 10, 2], [100, 1, 101]])(
    'with readiness lost after %d s and a question every %d s may be %d, and no lower', (unready, period, threshold) => {
      const given = (failureThreshold: number): Props => ({
        overrides: {
          readinessProbe: { period: seconds(unready), failureThreshold: 1 }, livenessProbe: { period: seconds(period), failureThreshold },
        },
      });
      expect(problemsOf(given(threshold))).toEqual([]);
      expect(problemsOf(given(threshold - 1))).toEqual([
        `livenessProbe.failureThreshold ${threshold - 1} must be at least ⌈readinessProbe.period ${unready}s × readinessProbe.failureThreshold 1 `
        + `÷ livenessProbe.period ${period}s⌉ + 1 = ${threshold}; give it ${threshold} or more, or leave it out`,
      ]);
    });

  test('grows with the time until an unready pod is seen', () => {
    const overrides = { readinessProbe: { period: seconds(10), failureThreshold: 5 } };
    expect(valueOf('livenessProbe.failureThreshold', { overrides })).toBe(6);
    expect(originOf('livenessProbe.failureThreshold', { overrides })).toBe('derived');
  });

  test('grows as the period shrinks', () => {
    expect(valueOf('livenessProbe.failureThreshold', { overrides: { livenessProbe: { period: seconds(5) } } })).toBe(4);
  });

  test('is refused where a pod would be restarted while requests are still sent to it', () => {
    expect(problemsOf({ overrides: { livenessProbe: { failureThreshold: 2 } } })).toEqual([
      `livenessProbe.failureThreshold 2 must be at least ${bound} = 3; give it 3 or more, or leave it out`,
    ]);
  });

  test('may be overridden down to the bound', () => {
    const overrides = { livenessProbe: { failureThreshold: 4, period: seconds(5) } };
    expect(originOf('livenessProbe.failureThreshold', { overrides })).toBe('overridden');
    expect(problemsOf({ overrides: { livenessProbe: { failureThreshold: 3, period: seconds(5) } } })).toEqual([
      'livenessProbe.failureThreshold 3 must be at least ⌈readinessProbe.period 5s × readinessProbe.failureThreshold 3 ÷ livenessProbe.period 5s⌉ + 1 = 4; '
      + 'give it 4 or more, or leave it out',
    ]);
  });

  test.each([1, 2, 5, 7, 9, 10, 11, 30])('keeps a restart behind the loss of readiness however the questions fall, asked every %d s', (period) => {
    // Trouble that begins just before a liveness and just after a readiness question: the first failure is seen at once.
    const { readiness, liveness } = planned({ overrides: { readinessProbe: { period: seconds(period) } } }).planned.probes;
    const earliestRestart = (liveness.failureThreshold - 1) * liveness.period;
    const latestUnready = readiness.failureThreshold * readiness.period;
    expect(earliestRestart).toBeGreaterThanOrEqual(latestUnready);
  });
});
