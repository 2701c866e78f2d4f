import { abTest, argo, flagger, native, plannedAbTest, WAYS_IN } from './released';
import { Analysis } from '../../../src/spec/analysis/analysis';
import { Replicas } from '../../../src/spec/replicas';
import { FlaggerWebhook } from '../../../src/spec/rollout/flagger-webhook';
import { decided, problemsOf, required, seconds, valueOf } from '../declare';

const measured = Analysis.prometheus({ address: 'http://prometheus.monitoring:9090', maxErrorRate: 0.01, measurements: 20 });

test('a test takes ten minutes', () => {
  expect(decided('rollout.duration', abTest())).toEqual({
    value: 600, unit: 's', origin: 'preferred', inequalities: ['≥ clusterInternal.propagation 10s', '≥ istio.propagation 15s', '≥ 1s'],
  });
});

test('a test takes as long as its analysis, and none shorter is accepted', () => {
  const needed = valueOf('analysis.duration', abTest({ analysis: measured }));
  expect(needed).toBeGreaterThan(600);
  expect(valueOf('rollout.duration', abTest({ analysis: measured }))).toBe(needed);
  expect(problemsOf(abTest({ analysis: measured, duration: seconds(700) }))).toEqual([
    `rollout.duration 700s must be at least analysis.duration ${needed}s; give it ${needed}s or more, or leave it out`,
  ]);
});

test('the new version has all pods, because all requests may have the header', () => {
  expect(plannedAbTest(abTest({}, { replicas: Replicas.autoscaled({ min: 2, max: 7 }) })).pods).toBe(7);
  expect(decided('rollout.pods', abTest())).toEqual({ value: 3, unit: 'pods', origin: 'derived', inequalities: ['= replicas 3'] });
});

test('the header is passed on in lower case', () => {
  expect(plannedAbTest(abTest()).header).toEqual({ name: 'x-canary', value: 'true' });
});

describe('Flagger', () => {
  test('looks each minute, as many times as the test takes', () => {
    expect(plannedAbTest(abTest({ engine: flagger(), duration: seconds(601) })).loop).toEqual({ interval: 60, iterations: 11 });
    expect(plannedAbTest(abTest({ engine: argo() })).loop).toBeUndefined();
  });

  test('looks less often where its load test may take longer', () => {
    const webhooks = [FlaggerWebhook.loadTest('load', { url: 'http://load.test/', timeout: seconds(99) })];
    expect(plannedAbTest(abTest({ engine: flagger({ webhooks }) })).loop).toEqual({ interval: 100, iterations: 6 });
    expect(decided('rollout.interval', abTest({ engine: flagger({ webhooks }) })).inequalities).toContain('> webhook load.timeout 99s');
  });

  test('looks no sooner than a measurement tells of this version alone', () => {
    const props = abTest({ engine: flagger(), analysis: measured });
    expect(plannedAbTest(props).loop?.interval).toBe(valueOf('analysis.initialDelay', props));
  });

  test('makes every measurement that was asked for', () => {
    const props = abTest({ engine: flagger(), analysis: Analysis.prometheus({ address: 'http://p:9090', maxErrorRate: 0.01, measurements: 100 }) });
    expect(plannedAbTest(props).loop?.iterations).toBeGreaterThanOrEqual(100);
  });
});

test('the delays are those of the slowest way in', () => {
  expect(plannedAbTest(abTest({}, { traffic: WAYS_IN.awsLoadBalancer() })))
    .toMatchObject({ scaleDownDelay: 60, abortScaleDownDelay: 60, propagation: 60 });
  expect(plannedAbTest(abTest({ engine: native() }))).toMatchObject({ scaleDownDelay: 30, routers: ['istio'] });
});

test('callers that pass by reach either version', () => {
  expect(required('cluster', abTest())).toContainEqual(expect.stringMatching(/^who calls the service past the ways in/));
});
