import * as fc from 'fast-check';
import { count, found } from './found';
import { exampleOf } from '../../../src/checks/pods/example';
import { LIVENESS_KILLS_START } from '../../../src/checks/pods/liveness-kills-start';
import { PROGRESS_DEADLINE_TOO_SHORT } from '../../../src/checks/pods/progress-deadline-too-short';
import { STARTUP_BUDGET_TOO_SHORT } from '../../../src/checks/pods/startup-budget-too-short';

const asking = (delay: number, period: number, failures: number) =>
  `{ httpGet: { port: 3000 }, initialDelaySeconds: ${delay}, periodSeconds: ${period}, failureThreshold: ${failures} }`;
const live = (livenessProbe: string) => exampleOf({ container: { livenessProbe } });
const starting = (startupProbe: string) => exampleOf({ container: { startupProbe } });
const within = (seconds: number) => ({ assume: { 'starts-within-seconds': seconds } });
const rhythm = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 20 }));
const start = fc.integer({ min: 1, max: 300 });

describe('liveness-kills-start', () => {
  test('tells of a program that is killed while it starts', () => {
    expect(found(LIVENESS_KILLS_START, live(asking(15, 10, 3)), within(36))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.containers[0].livenessProbe',
      message: 'the liveness probe may kill container payments 35 s after its start (initialDelaySeconds 15, failureThreshold 3, periodSeconds 10), '
        + 'but it may take 36 s to start, so it is restarted for ever',
      actual: '35 s',
      required: '≥ 36 s',
      fix: 'add a startupProbe with failureThreshold 5 and periodSeconds 10',
    }]);
  });

  test('is silent where the last failure that counts comes when the program has started', () => {
    expect(count(LIVENESS_KILLS_START, live(asking(15, 10, 3)), within(35))).toBe(0);
  });

  test('is silent where a startup probe holds it back', () => {
    const yaml = exampleOf({ container: { livenessProbe: asking(0, 10, 3), startupProbe: asking(0, 10, 30) } });
    expect(count(LIVENESS_KILLS_START, yaml, within(200))).toBe(0);
  });

  test('is silent where nobody says how long a start takes', () => {
    expect(count(LIVENESS_KILLS_START, live(asking(0, 1, 1)))).toBe(0);
  });

  test('takes an annotation for somebody\'s word', () => {
    const yaml = exampleOf({ metadata: { annotations: '{ zero-downtime/starts-within-seconds: "2" }' }, container: { livenessProbe: asking(0, 1, 2) } });
    expect(count(LIVENESS_KILLS_START, yaml)).toBe(1);
  });

  test('finds exactly the starts that outlast it, and mends them by the startup probe that it proposes', () => {
    fc.assert(fc.property(rhythm, start, ([delay, period, failures], seconds) => {
      const findings = found(LIVENESS_KILLS_START, live(asking(delay, period, failures)), within(seconds));
      expect(findings.length).toBe(delay + (failures - 1) * period < seconds ? 1 : 0);
      findings.forEach(({ fix }) => {
        const [threshold, rate] = [...String(fix).matchAll(/\d+/g)].map(Number);
        expect(count(STARTUP_BUDGET_TOO_SHORT, starting(asking(0, rate, threshold)), within(seconds))).toBe(0);
      });
    }), { numRuns: 40 });
  });
});

describe('startup-budget-too-short', () => {
  test('tells of a start that outlasts its probe', () => {
    expect(found(STARTUP_BUDGET_TOO_SHORT, starting(asking(0, 10, 6)), within(51))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.containers[0].startupProbe.failureThreshold',
      message: 'the startup probe may kill container payments after 50 s (failureThreshold 6, periodSeconds 10), but it may take 51 s to start',
      actual: '50 s',
      required: '≥ 51 s',
      fix: 'set failureThreshold of the startupProbe to at least 7',
    }]);
  });

  test.each([['a start that just fits', within(50)], ['a start that nobody gives', {}]])('is silent of %s', (_, options) => {
    expect(count(STARTUP_BUDGET_TOO_SHORT, starting(asking(0, 10, 6)), options)).toBe(0);
  });

  test('finds exactly the starts that outlast it, and mends them by what it says', () => {
    fc.assert(fc.property(rhythm, start, ([delay, period, failures], seconds) => {
      const findings = found(STARTUP_BUDGET_TOO_SHORT, starting(asking(delay, period, failures)), within(seconds));
      expect(findings.length).toBe(delay + (failures - 1) * period < seconds ? 1 : 0);
      findings.forEach(({ fix }) => {
        const threshold = Number(/at least (\d+)/.exec(String(fix))?.[1]);
        expect(count(STARTUP_BUDGET_TOO_SHORT, starting(asking(delay, period, threshold)), within(seconds))).toBe(0);
        expect(count(STARTUP_BUDGET_TOO_SHORT, starting(asking(delay, period, threshold - 1)), within(seconds))).toBe(1);
      });
    }), { numRuns: 40 });
  });
});

describe('progress-deadline-too-short', () => {
  const released = (deadline: number | undefined, minReady: number, startupProbe?: string, kind = 'Deployment') => exampleOf({
    kind, spec: { progressDeadlineSeconds: deadline?.toString(), minReadySeconds: String(minReady) }, container: { startupProbe },
  });

  test('tells of a release that counts as failed while a pod may still start', () => {
    expect(found(PROGRESS_DEADLINE_TOO_SHORT, released(130, 10, asking(0, 10, 12)))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.progressDeadlineSeconds',
      message: 'the release counts as failed 130 s after its last progress, but a pod may take 120 s to become ready and is available only 10 s later',
      actual: '130 s',
      required: '> 130 s',
      fix: 'set progressDeadlineSeconds to more than 130, with time for scheduling and for pulling the image',
    }]);
  });

  test('is silent of one second more', () => {
    expect(count(PROGRESS_DEADLINE_TOO_SHORT, released(131, 10, asking(0, 10, 12)))).toBe(0);
  });

  test('knows the 600 s that Kubernetes takes where nothing is written', () => {
    expect(count(PROGRESS_DEADLINE_TOO_SHORT, released(undefined, 0, asking(0, 20, 30)))).toBe(1);
    expect(count(PROGRESS_DEADLINE_TOO_SHORT, released(undefined, 0, asking(0, 20, 29)))).toBe(0);
  });

  test('counts the delay of a readiness probe, before which no pod is ready', () => {
    const yaml = exampleOf({ spec: { progressDeadlineSeconds: '60' }, container: { readinessProbe: asking(60, 10, 3) } });
    expect(found(PROGRESS_DEADLINE_TOO_SHORT, yaml).map(({ message }) => message)).toEqual([
      'the release counts as failed 60 s after its last progress, but a pod may take 60 s to become ready',
    ]);
  });

  test('rests on what somebody says of the start where no probe does, and on no default', () => {
    expect(count(PROGRESS_DEADLINE_TOO_SHORT, released(60, 0), within(60))).toBe(1);
    expect(count(PROGRESS_DEADLINE_TOO_SHORT, released(60, 0), within(59))).toBe(0);
    expect(count(PROGRESS_DEADLINE_TOO_SHORT, released(5, 0))).toBe(0);
  });

  test('holds for Rollouts, and not for kinds that have no deadline', () => {
    expect(count(PROGRESS_DEADLINE_TOO_SHORT, released(60, 0, asking(0, 10, 12), 'Rollout'))).toBe(1);
    expect(count(PROGRESS_DEADLINE_TOO_SHORT, released(undefined, 0, asking(0, 60, 20), 'StatefulSet'))).toBe(0);
  });

  test('finds exactly the deadlines that do not outlast start and proof', () => {
    const proof = fc.integer({ min: 0, max: 60 });
    fc.assert(fc.property(rhythm, proof, fc.integer({ min: 1, max: 700 }), ([delay, period, failures], minReady, deadline) => {
      const isLong = deadline > delay + failures * period + minReady;
      expect(count(PROGRESS_DEADLINE_TOO_SHORT, released(deadline, minReady, asking(delay, period, failures)))).toBe(isLong ? 0 : 1);
    }), { numRuns: 40 });
  });
});
