import { ReleaseFacts, ReleaseRisk } from '../../../src/plan/rollout/advice/release-facts';
import { RolloutAdvice } from '../../../src/plan/rollout/advice/rollout-advice';
import { Replicas } from '../../../src/spec/replicas';
import type { CanarySpec } from '../../../src/spec/rollout/canary';
import { Traffic } from '../../../src/spec/traffic/traffic';
import { MINIMAL, Props, refusalOf, valueOf } from '../declare';

const HIGH = { risk: ReleaseRisk.HIGH };
const ISTIO = { traffic: [Traffic.istio()] };
const advise = (facts: ReleaseFacts, props: Props = ISTIO) => RolloutAdvice.of({ ...MINIMAL, ...props }, facts);

test.each<[string, ReleaseFacts, Props, string, string]>([
  ['a low risk', {}, ISTIO, 'rolling', 'Rollout.rolling()'],
  ['a high risk', HIGH, ISTIO, 'canary', 'Rollout.canary({ steps: [5, 25, 50] })'],
  ['many requests', { ...HIGH, requestsPerSecond: 1000 }, ISTIO, 'canary', 'Rollout.canary({ steps: [5, 25, 50] })'],
  ['few requests', { ...HIGH, requestsPerSecond: 0.5 }, ISTIO, 'canary', 'Rollout.canary({ steps: [34, 50] })'],
  ['fewer requests than can be judged', { ...HIGH, requestsPerSecond: 0.2 }, ISTIO, 'blueGreen', 'Rollout.blueGreen({ promotion: Promotion.AFTER_APPROVAL })'],
  ['pods that are no such shares', HIGH, {}, 'blueGreen', 'Rollout.blueGreen({ promotion: Promotion.AFTER_APPROVAL })'],
  ['pods that are such shares', HIGH, { replicas: Replicas.fixed(20) }, 'canary', 'Rollout.canary({ steps: [5, 25, 50] })'],
  ['one version at a time', { canRunTwoVersions: false }, ISTIO, 'blueGreen', 'Rollout.blueGreen({ promotion: Promotion.AFTER_APPROVAL })'],
  ['one version at a time behind a load balancer', { canRunTwoVersions: false }, { traffic: [Traffic.awsLoadBalancer()] }, 'blueGreen',
    'Rollout.blueGreen({ promotion: Promotion.AFTER_APPROVAL, engine: RolloutEngine.native() })'],
  ['a high risk behind a load balancer without weights', HIGH, { traffic: [Traffic.networkLoadBalancer()] }, 'rolling', 'Rollout.rolling()'],
])('of %s', (_, facts, props, strategy, declaration) => {
  expect(advise(facts, props)).toMatchObject({ strategy, declaration });
});

test('what cannot be done is not advised: the reason is told', () => {
  expect(() => advise({ canRunTwoVersions: false }, { traffic: [Traffic.networkLoadBalancer()] })).toThrow(/Rollout\.blueGreen cannot be given with/);
});

test('the declaration is what was planned', () => {
  const { rollout, extraPods } = advise({ ...HIGH, requestsPerSecond: 0.5 });
  expect(rollout._spec).toMatchObject({ kind: 'canary', steps: [34, 50] });
  expect(extraPods).toBe(valueOf('peakPods', { ...ISTIO, rollout }) - 3);
});

test('the cost is what the plans of both say', () => {
  const replicas = { ...ISTIO, replicas: Replicas.fixed(10) };
  const { extraPods, extraPodsOfRolling } = advise(HIGH, replicas);
  expect(extraPods).toBe(21);
  expect(extraPodsOfRolling).toBe(valueOf('peakPods', replicas) - 10);
  expect(extraPods).toBeGreaterThan(extraPodsOfRolling);
});

test('the reasons name what else has to be seen to', () => {
  expect(advise({ changesSchema: true, keepsState: true, regions: ['eu', 'us'] }).why).toEqual([
    'the risk is low, and no other release needs fewer pods',
    expect.stringMatching(/^the schema is only expanded before this release/),
    expect.stringMatching(/^a client that changes pods loses/),
    'one region after another, each only when the one before has proved itself: eu, us',
  ]);
  expect(advise({ regions: ['eu'] }).why).toHaveLength(1);
  expect(advise({ ...HIGH, requestsPerSecond: 0.2 }).why[0]).toMatch(/of 0\.2 requests per second no share would be enough to judge it by$/);
});

test('a way that would have fitted better is named with what keeps it', () => {
  expect(advise(HIGH, {}).why.slice(1)).toEqual([expect.stringMatching(/^not advised: Rollout\.canary steps 5% of replicas 3 is 0 pods after rounding/)]);
  expect(advise({ canRunTwoVersions: false }, { traffic: [Traffic.awsLoadBalancer()] }).why).toHaveLength(1);
  expect(advise(HIGH).why).toHaveLength(1);
});

test('the requests that are advised for are enough to judge by', () => {
  for (const requestsPerSecond of [0.34, 0.5, 1, 2, 3.3, 7]) {
    const { rollout } = advise({ ...HIGH, requestsPerSecond });
    const { steps } = rollout._spec as CanarySpec;
    expect(requestsPerSecond * 120 * steps[0] / 100).toBeGreaterThanOrEqual(20);
  }
});

test.each([0, -1, NaN, Infinity])('%d requests per second are refused', (requestsPerSecond) => {
  expect(refusalOf(() => advise({ requestsPerSecond })))
    .toBe(`RolloutAdvice.of requestsPerSecond ${requestsPerSecond} must be a number above 0; leave it out where it is unknown`);
});

test.each(['canRunTwoVersions', 'changesSchema', 'keepsState'])('%s is true or false', (fact) => {
  expect(refusalOf(() => advise({ [fact]: 'no' }))).toBe(`RolloutAdvice.of ${fact} "no" must be true or false`);
});

test('a declaration that cannot be planned at all is refused with its own problems', () => {
  expect(refusalOf(() => advise({}, { port: 70_000 }))).toBe('port 70000 must be a whole number from 1 to 65535');
});
