import * as fc from 'fast-check';
import { count, found } from './found';
import { exampleOf } from '../../../src/checks/pods/example';
import { GRACE_TOO_SHORT } from '../../../src/checks/pods/grace-too-short';
import { PRE_STOP_FILLS_GRACE } from '../../../src/checks/pods/pre-stop-fills-grace';

const hook = (seconds: number | undefined) => seconds === undefined ? undefined : `{ preStop: { sleep: { seconds: ${seconds} } } }`;
const ending = (grace: number | undefined, seconds: number | undefined) => exampleOf({
  pod: { terminationGracePeriodSeconds: grace?.toString() }, container: { lifecycle: hook(seconds) },
});
const unrouted = (grace: number, seconds: number | undefined) => exampleOf({
  service: { selector: '{ app: orders }' }, pod: { terminationGracePeriodSeconds: String(grace) }, container: { lifecycle: hook(seconds) },
});

describe('grace-too-short', () => {
  test('tells of a program that is killed before it has drained', () => {
    expect(found(GRACE_TOO_SHORT, ending(19, 10))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.terminationGracePeriodSeconds',
      message: 'the pod is killed 19 s after its deletion, but its preStop hook takes 10 s and its drain up to 10 s',
      actual: '19 s',
      required: '≥ 20 s',
      fix: 'set terminationGracePeriodSeconds to at least 20',
    }]);
  });

  test('says nothing of a hook where there is none', () => {
    expect(found(GRACE_TOO_SHORT, ending(9, undefined)).map(({ message }) => message))
      .toEqual(['the pod is killed 9 s after its deletion, but its drain takes up to 10 s']);
  });

  test('knows the 30 s that Kubernetes takes where nothing is written', () => {
    expect(count(GRACE_TOO_SHORT, ending(undefined, 20))).toBe(0);
    expect(count(GRACE_TOO_SHORT, ending(undefined, 21))).toBe(1);
  });

  test('needs nothing for a program that exits at once', () => {
    expect(count(GRACE_TOO_SHORT, ending(11, 10), { assume: { shutdown: 'exits-at-once' } })).toBe(0);
  });

  test('is silent of a hook whose length nobody can read', () => {
    expect(count(GRACE_TOO_SHORT, exampleOf({ pod: { terminationGracePeriodSeconds: '1' }, container: { lifecycle: '{ preStop: { httpGet: { port: 1 } } }' } })))
      .toBe(0);
  });

  test('is about requests: silent of what gets none, unless its hook or somebody says that it has something to finish', () => {
    expect(count(GRACE_TOO_SHORT, unrouted(1, undefined))).toBe(0);
    expect(count(GRACE_TOO_SHORT, unrouted(12, 10))).toBe(1);
    expect(count(GRACE_TOO_SHORT, unrouted(5, undefined), { assume: { 'drain-seconds': 6 } })).toBe(1);
    expect(count(GRACE_TOO_SHORT, unrouted(5, undefined), { assume: { 'longest-request-seconds': 6 } })).toBe(1);
  });

  test('counts the hooks of the program for a native sidecar that requests reach first', () => {
    const yaml = (grace: number) => exampleOf({
      pod: { terminationGracePeriodSeconds: String(grace) },
      container: { ports: undefined },
      before: [{ name: 'proxy', restartPolicy: 'Always', ports: '[{ containerPort: 3000 }]' }],
    });
    expect(count(GRACE_TOO_SHORT, yaml(19))).toBe(1);
    expect(count(GRACE_TOO_SHORT, yaml(20))).toBe(0);
  });

  test('tells alone of a grace period of 0 s beside a hook of 0 s, which fills nothing', () => {
    expect(count(GRACE_TOO_SHORT, ending(0, 0))).toBe(1);
    expect(count(PRE_STOP_FILLS_GRACE, ending(0, 0))).toBe(0);
  });

  test('finds, with pre-stop-fills-grace, exactly what is killed too soon, each by one of both', () => {
    const seconds = fc.integer({ min: 0, max: 90 });
    fc.assert(fc.property(seconds, seconds, fc.integer({ min: 1, max: 60 }), (grace, preStop, drain) => {
      const options = { assume: { 'drain-seconds': drain } };
      const yaml = ending(grace, preStop);
      expect(count(GRACE_TOO_SHORT, yaml, options) + count(PRE_STOP_FILLS_GRACE, yaml, options)).toBe(grace < preStop + drain ? 1 : 0);
    }), { numRuns: 60 });
  });
});

describe('pre-stop-fills-grace', () => {
  test('tells of a hook that leaves nothing of the grace period', () => {
    expect(found(PRE_STOP_FILLS_GRACE, ending(30, 30))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.containers[0].lifecycle.preStop.sleep.seconds',
      message: 'the preStop hook takes 30 s, all of the grace period of 30 s, so the program is killed before it has finished its requests',
      actual: '30 s',
      required: '< 30 s',
      fix: 'set terminationGracePeriodSeconds to at least 40',
    }]);
  });

  test('leaves a hook that is one second shorter to grace-too-short', () => {
    expect(count(PRE_STOP_FILLS_GRACE, ending(30, 29))).toBe(0);
  });

  test('tells of a command that outlasts the grace period, which the API server accepts', () => {
    const yaml = exampleOf({
      pod: { terminationGracePeriodSeconds: '5' }, container: { lifecycle: '{ preStop: { exec: { command: [sleep, "10"] } } }' },
    });
    expect(found(PRE_STOP_FILLS_GRACE, yaml).map(({ actual, required }) => [actual, required])).toEqual([['10 s', '< 5 s']]);
  });

  test('is silent of a program that has nothing to finish', () => {
    expect(count(PRE_STOP_FILLS_GRACE, ending(30, 30), { assume: { shutdown: 'exits-at-once' } })).toBe(0);
  });
});
