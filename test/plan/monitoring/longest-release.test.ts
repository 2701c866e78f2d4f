import { alertNames, alertOf, MONITORED, RELEASES, type Release } from './declared';
import { Monitoring } from '../../../src/spec/monitoring';
import { Pods } from '../../../src/spec/pods';
import { Replicas } from '../../../src/spec/replicas';
import { Rollout } from '../../../src/spec/rollout/rollout';
import { ENGINES, prometheus, WAYS } from '../analysis/declared';
import { assumed, decided, type Props, seconds, valueOf } from '../declare';

const longest = (release: Release) => decided('monitoring.longestRelease', RELEASES[release]).inequalities[0];
const pods = '(⌈replicas 3 ÷ (maxSurge 1 pod + maxUnavailable 0 pods)⌉) × progressDeadline 600s';

test.each<[Release, string]>([
  ['rolling', pods],
  ['argo canary', 'steps 2 × stepDuration 315s + steps 2 × progressDeadline 600s + 1 × progressDeadline 600s + approvals 1 × monitoring.approvalWithin 3600s'],
  ['argo blue-green', 'bakeTime 600s + 1 × progressDeadline 600s + 1 × progressDeadline 600s + approvals 1 × monitoring.approvalWithin 3600s'],
  ['argo A/B', 'duration 600s + 1 × progressDeadline 600s + 1 × progressDeadline 600s'],
  ['flagger canary', '(start 1 + steps 2 + decision 1) × interval 315s + progressDeadline 600s + (⌈100% ÷ 45%⌉ + 2) × interval 315s '
    + `+ ${pods} + approvals 1 × monitoring.approvalWithin 3600s`],
  ['flagger A/B', `(start 1 + iterations 10 + decision 1) × interval 60s + progressDeadline 600s + (⌈100% ÷ 100%⌉ + 2) × interval 60s + ${pods}`],
  ['native canary', 'steps 2 × stepDuration 315s + steps 2 × progressDeadline 600s '
    + `+ ${pods} + the pipeline's own monitoring.approvalWithin 3600s + approvals 1 × monitoring.approvalWithin 3600s`],
  ['native blue-green', `bakeTime 600s + 1 × progressDeadline 600s + ${pods} + the pipeline's own monitoring.approvalWithin 3600s`],
])('the longest release of %s is the sum of its parts', (release, expression) => {
  expect(longest(release)).toBe(`= ${expression}`);
});

test('a mirror is held as long as a share, and a check that may fail takes an interval', () => {
  const mirrored: Props = { traffic: [WAYS.istio], monitoring: MONITORED, rollout: Rollout.canary({ mirrorPercent: 10 }) };
  expect(decided('monitoring.longestRelease', mirrored).inequalities[0]).toContain('steps 3 × stepDuration 300s + mirror stepDuration 300s');
  const forgiving = Rollout.canary({ mirrorPercent: 10, engine: ENGINES.flagger, analysis: prometheus({ failureLimit: 2, inconclusiveLimit: 3 }) });
  expect(decided('monitoring.longestRelease', { ...mirrored, rollout: forgiving }).inequalities[0])
    .toContain('(start 1 + steps 3 + mirror 1 + forgiven checks 2 + decision 1) × interval');
});

test('a preview is judged before it takes traffic', () => {
  const props: Props = { monitoring: MONITORED, rollout: Rollout.blueGreen({ previewAnalysis: prometheus({ measurements: 2 }) }) };
  const analysis = ['initialDelay', 'interval'].map((name) => valueOf(`previewAnalysis.${name}`, props));
  expect(decided('monitoring.longestRelease', props).inequalities[0]).toContain(`previewAnalysis ${analysis[0] + analysis[1] + 30}s + bakeTime 600s`);
});

test('a service that is replaced pod by pod takes as many turns as it must', () => {
  const rollout = Rollout.rolling({ maxSurge: Pods.count(2), maxUnavailable: Pods.count(1) });
  const props: Props = { monitoring: MONITORED, replicas: Replicas.fixed(10), rollout };
  expect(valueOf('monitoring.longestRelease', props)).toBe(4 * 600);
});

test.each(Object.keys(RELEASES) as Release[])('%s: somebody is told only after the longest release, and the alert waits as long', (release) => {
  const [longestRelease, stuckAfter] = ['longestRelease', 'stuckAfter'].map((name) => valueOf(`monitoring.${name}`, RELEASES[release]));
  expect(stuckAfter).toBe(longestRelease + 5 + 1);
  expect(alertOf('ReleaseStuck', RELEASES[release]).forSeconds).toBe(stuckAfter);
});

test('an approval is late after its own time and every pause before it', () => {
  expect(decided('monitoring.awaitingAfter', RELEASES['argo canary']))
    .toMatchObject({ value: 4236, inequalities: ['> steps 2 × stepDuration 315s + approvals 1 × monitoring.approvalWithin 3600s + margin 5s'] });
  expect(alertOf('ReleaseAwaitsApproval', RELEASES['argo canary']).forSeconds).toBe(4236);
  const later: Props = { ...RELEASES['argo canary'], monitoring: Monitoring.prometheusOperator({ approvalWithin: seconds(7200) }) };
  expect(alertOf('ReleaseAwaitsApproval', later).forSeconds).toBe(4236 + 3600);
  expect(assumed('monitoring.approvalWithin', later)).toMatchObject({ value: 7200, origin: 'declared' });
});

test.each<Release>(['argo A/B', 'rolling', 'native canary', 'flagger canary behind ingress-nginx'])('%s waits for no approval that anything tells of', (release) => {
  expect(alertNames(RELEASES[release])).not.toContain('ReleaseAwaitsApproval');
});
