import { canary, prometheus, WAYS } from './declared';
import { Analysis } from '../../../src/spec/analysis/analysis';
import { Rollout } from '../../../src/spec/rollout/rollout';
import { Traffic } from '../../../src/spec/traffic/traffic';
import { assumed, decided, problemsOf, required, seconds, valueOf } from '../declare';

test('a window sees four scrapes, and is a minute where that is longer', () => {
  expect(decided('analysis.window', canary())).toEqual({
    value: 120, unit: 's', origin: 'derived', inequalities: ['≥ 4 × analysis.scrapeInterval 30s', '≤ 86400s'],
  });
  expect(valueOf('analysis.window', canary(prometheus({ scrapeInterval: seconds(5) })))).toBe(60);
});

test('a declared rate makes the window twice as long as the requests take at the smallest share', () => {
  // 10 requests a second × 5 % = one in two seconds; 20 of them take 40 s, and the window is twice that.
  const rated = (requestsPerSecond: number) => canary(prometheus({ scrapeInterval: seconds(1), requestsPerSecond }));
  expect(decided('analysis.window', rated(10))).toMatchObject({ value: 80, origin: 'preferred' });
  expect(decided('analysis.window', rated(10)).inequalities).toContain('≥ minRequests 20 ÷ (requestsPerSecond 10 × 5%)');
  expect(valueOf('analysis.window', rated(1000))).toBe(60);
  expect(valueOf('analysis.window', rated(0.5))).toBe(1600);
});

test('a given window is held against the same bounds, not against the doubled one', () => {
  const given = (window: number) => canary(prometheus({ scrapeInterval: seconds(1), requestsPerSecond: 10, window: seconds(window) }));
  expect(decided('analysis.window', given(40))).toMatchObject({ value: 40, origin: 'overridden' });
  expect(problemsOf(given(39))).toEqual([
    'analysis.window 39s must be at least minRequests 20 ÷ (requestsPerSecond 10 × 5%) = 40s; give it 40s or more, or leave it out',
  ]);
  expect(problemsOf(canary(prometheus({ window: seconds(119) })))[0]).toMatch(/^analysis.window 119s must be at least 4 × analysis.scrapeInterval 30s = 120s/);
});

test('a rate at which no release would end is refused', () => {
  expect(problemsOf(canary(prometheus({ requestsPerSecond: 0.001 })))[0]).toMatch(/analysis\.window .* must be at most 86400s; lower minRequests or begin with a larger share/);
});

test('no measurement looks back to before the change on the slowest way in', () => {
  const traffic = [WAYS.istio, Traffic.ingressNginx({ hosts: ['a.example'], propagation: seconds(90) })];
  const delay = decided('analysis.initialDelay', canary(prometheus(), undefined, { traffic }));
  expect(delay.inequalities).toContain('≥ analysis.window 120s + analysis.scrapeInterval 30s + ingressNginx.propagation 90s');
  expect(delay.value).toBe(240);
  expect(problemsOf(canary(prometheus({ initialDelay: seconds(200) }), undefined, { traffic }))).toEqual([
    expect.stringMatching(/^analysis\.initialDelay 200s must be at least analysis\.window 120s \+ .* = 240s; give it 240s or more, or leave it out$/),
  ]);
});

test('measurements are no closer than scrapes', () => {
  expect(valueOf('analysis.interval', canary())).toBe(60);
  expect(valueOf('analysis.interval', canary(prometheus({ scrapeInterval: seconds(90) })))).toBe(90);
  expect(problemsOf(canary(prometheus({ interval: seconds(20) })))[0]).toMatch(/^analysis\.interval 20s must be at least analysis\.scrapeInterval 30s/);
});

test('an analysis takes its delay, the intervals between its measurements and one answer', () => {
  const props = canary(prometheus({ measurements: 5 }));
  const delay = valueOf('analysis.initialDelay', props);
  expect(decided('analysis.duration', props)).toMatchObject({
    value: delay + 4 * 60 + 30, inequalities: [`= analysis.initialDelay ${delay}s + 4 × analysis.interval 60s + query timeout 30s`],
  });
  expect(valueOf('rollout.stepDuration', canary(prometheus({ measurements: 20 })))).toBe(valueOf('analysis.duration', canary(prometheus({ measurements: 20 }))));
});

test('the scrape interval is an assumption, declared or not', () => {
  expect(assumed('analysis.scrapeInterval', canary())).toMatchObject({ value: 30, origin: 'default' });
  expect(assumed('analysis.scrapeInterval', canary(prometheus({ scrapeInterval: seconds(15) })))).toMatchObject({ value: 15, origin: 'declared' });
});

test('without a rate it is told that a quiet hour has no result', () => {
  const quiet = /the new version answers at least 20 requests in 120s at a share of 5%; in a quieter hour a measurement has no result/;
  expect(required('cluster', canary()).filter((text) => quiet.test(text))).toHaveLength(1);
  expect(required('cluster', canary(prometheus({ requestsPerSecond: 100 }))).filter((text) => quiet.test(text))).toEqual([]);
});

test('where nobody knows the share a rate bounds nothing, and that is told', () => {
  const rollout = Rollout.abTest({ header: { name: 'x-canary', value: 'true' }, analysis: prometheus({ requestsPerSecond: 100 }) });
  expect(decided('analysis.window', { rollout, traffic: [WAYS.istio] }).inequalities).toEqual(['≥ 4 × analysis.scrapeInterval 30s', '≤ 86400s']);
  expect(required('cluster', { rollout, traffic: [WAYS.istio] })).toContainEqual(expect.stringMatching(/at least 20 requests in 120s; in a quieter hour/));
});

test('the two analyses of a blue-green release are told apart', () => {
  const rollout = Rollout.blueGreen({ previewAnalysis: prometheus({ window: seconds(200) }), analysis: prometheus({ window: seconds(300) }) });
  expect(valueOf('previewAnalysis.window', { rollout })).toBe(200);
  expect(valueOf('analysis.window', { rollout })).toBe(300);
});

test('CloudWatch is asked for whole minutes', () => {
  const cloudWatch = (options: object) => canary(Analysis.cloudWatch({ maxErrorRate: 0.01, ...options }), undefined, { traffic: [Traffic.awsLoadBalancer({ hosts: ['a.example'] })] });
  expect(valueOf('analysis.window', cloudWatch({}))).toBe(60);
  expect(valueOf('analysis.window', cloudWatch({ requestsPerSecond: 5 }))).toBe(180);
  expect(problemsOf(cloudWatch({ window: seconds(90) }))).toEqual([
    'analysis.window 90s must be a multiple of 60s, by which CloudWatch keeps its numbers',
  ]);
});
