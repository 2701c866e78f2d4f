import { cronJob, daemonSet, deployment, rollout, statefulSet } from './fixtures';
import { describeRules, RuleCase } from './rule-cases';
import { withValue } from './variants';
import { apiServerRules } from '../support/api-server-rules';
import { JsonObject } from '../support/manifest-finding';

const MISMATCH = '/spec/template/metadata/labels: must match the selector';
const SELECTOR = '/spec/selector';

const SHARED: RuleCase[] = [
  ['matchLabels match the template', `${SELECTOR}/matchLabels`, { tier: 'backend' }, { app: 'other' }, MISMATCH],
  ['all of them', `${SELECTOR}/matchLabels`, { app: 'payments', tier: 'backend' }, { app: 'payments', zone: 'a' }, MISMATCH],
  ['the selector is required', SELECTOR, { matchLabels: { app: 'payments' } }, undefined, 'required'],
  ['the selector is not empty', SELECTOR, { matchExpressions: [{ key: 'app', operator: 'Exists' }] }, {}, 'must not be empty'],
  ['minReadySeconds', '/spec/minReadySeconds', 0, -1, 'must be at least 0'],
  ['restartPolicy', '/spec/template/spec/restartPolicy', 'Always', 'OnFailure', 'must be one of Always'],
  ['no activeDeadlineSeconds', '/spec/template/spec/activeDeadlineSeconds', undefined, 5, 'not supported in the template of a workload'],
];

describeRules('Deployment', deployment, [
  ...SHARED,
  ['replicas', '/spec/replicas', 0, -1, 'must be at least 0'],
  ['minReadySeconds below the deadline', '/spec/minReadySeconds', 299, 300, '/spec/progressDeadlineSeconds: must be greater than minReadySeconds'],
  ['strategy type', '/spec/strategy', { type: 'Recreate' }, { type: 'Rolling' }, '/spec/strategy/type: must be one of Recreate, RollingUpdate'],
  ['Recreate takes no rollingUpdate', '/spec/strategy/type', 'RollingUpdate', 'Recreate',
    "/spec/strategy/rollingUpdate: may not be specified when strategy type is 'Recreate'"],
]);

describeRules('Deployment without a deadline', () => withValue(deployment(), '/spec/progressDeadlineSeconds', undefined), [
  ['the deadline is 600 seconds', '/spec/minReadySeconds', 599, 600, '/spec/progressDeadlineSeconds: must be greater than minReadySeconds'],
]);

const ROLLING = '/spec/strategy/rollingUpdate';

describeRules('rollingUpdate', deployment, [
  ['maxSurge is an integer or a percentage', `${ROLLING}/maxSurge`, 1, '1', "'1' must be an integer or a percentage (e.g. '25%')"],
  ['not a fraction', `${ROLLING}/maxSurge`, '150%', '12.5%', "'12.5%' must be an integer or a percentage (e.g. '25%')"],
  ['not negative', `${ROLLING}/maxUnavailable`, 0, -1, 'must be at least 0'],
  ['maxUnavailable is at most 100%', `${ROLLING}/maxUnavailable`, '100%', '101%', 'must not be greater than 100%'],
  ['not both zero', `${ROLLING}/maxSurge`, 1, 0, `${ROLLING}/maxUnavailable: may not be 0 when maxSurge is 0`],
  ['not both zero percent', `${ROLLING}/maxSurge`, '1%', '0%', `${ROLLING}/maxUnavailable: may not be 0 when maxSurge is 0`],
  ['the other one has a default', ROLLING, { maxSurge: 0 }, { maxSurge: 0, maxUnavailable: '0%' },
    `${ROLLING}/maxUnavailable: may not be 0 when maxSurge is 0`],
]);

const EXPRESSION = { key: 'tier', operator: 'In', values: ['backend'] };
const EXPRESSIONS = `${SELECTOR}/matchExpressions`;

describeRules('matchExpressions', deployment, [
  ['In', EXPRESSIONS, [EXPRESSION], [{ ...EXPRESSION, values: ['frontend'] }], MISMATCH],
  ['NotIn', EXPRESSIONS, [{ ...EXPRESSION, operator: 'NotIn', values: ['frontend'] }], [{ ...EXPRESSION, operator: 'NotIn' }], MISMATCH],
  ['Exists', EXPRESSIONS, [{ key: 'tier', operator: 'Exists' }], [{ key: 'zone', operator: 'Exists' }], MISMATCH],
  ['DoesNotExist', EXPRESSIONS, [{ key: 'zone', operator: 'DoesNotExist' }], [{ key: 'tier', operator: 'DoesNotExist' }], MISMATCH],
  ['values', EXPRESSIONS, [{ key: 'zone', operator: 'NotIn', values: ['a'] }], [{ key: 'zone', operator: 'NotIn' }],
    `${EXPRESSIONS}/0/values: required with In and NotIn`],
  ['no values', EXPRESSIONS, [{ key: 'tier', operator: 'Exists', values: [] }], [{ key: 'tier', operator: 'Exists', values: ['a'] }],
    `${EXPRESSIONS}/0/values: must be empty with Exists and DoesNotExist`],
  ['operators', EXPRESSIONS, [], [{ key: 'zone', operator: 'Equals' }], `${EXPRESSIONS}/0/operator: must be one of In, NotIn, Exists, DoesNotExist`],
]);

describeRules('StatefulSet', statefulSet, [
  ...SHARED,
  ['claims are volumes', '/spec/template/spec/containers/0/volumeMounts', [{ name: 'data', mountPath: '/data' }], [{ name: 'disk', mountPath: '/data' }],
    "/spec/template/spec/containers/0/volumeMounts/0/name: no volume named 'disk'"],
  ['podManagementPolicy', '/spec/podManagementPolicy', 'Parallel', 'Ordered', 'must be one of OrderedReady, Parallel'],
  ['partition', '/spec/updateStrategy/rollingUpdate/partition', 1, -1, 'must be at least 0'],
  ['maxUnavailable', '/spec/updateStrategy/rollingUpdate/maxUnavailable', '50%', 0, 'cannot be 0'],
  ['OnDelete takes no rollingUpdate', '/spec/updateStrategy', { type: 'OnDelete' }, { type: 'OnDelete', rollingUpdate: {} },
    "/spec/updateStrategy/rollingUpdate: only allowed for updateStrategy 'RollingUpdate'"],
]);

const DAEMON_ROLLING = '/spec/updateStrategy/rollingUpdate';

describeRules('DaemonSet', daemonSet, [
  ...SHARED,
  ['surge only without unavailable', DAEMON_ROLLING, { maxSurge: 1, maxUnavailable: 0 }, { maxSurge: 1 },
    `${DAEMON_ROLLING}/maxSurge: may not be set when maxUnavailable is non-zero`],
  ['not both zero', `${DAEMON_ROLLING}/maxUnavailable`, '10%', 0, 'cannot be 0 when maxSurge is 0'],
]);

describeRules('Rollout', rollout, [
  ...SHARED,
  ['one strategy', '/spec/strategy', { blueGreen: { activeService: 'a' } }, {}, 'must specify one of canary, blueGreen'],
  ['not both zero', '/spec/strategy/canary/maxSurge', '10%', 0, '/spec/strategy/canary/maxUnavailable: may not be 0 when maxSurge is 0'],
]);

test('a Rollout that refers to a workload needs no selector', () => {
  const spec = { workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'payments' }, strategy: { canary: {} } };
  expect(apiServerRules({ ...rollout(), spec })).toEqual([]);
});

describeRules('ReplicaSet', () => {
  const { strategy, progressDeadlineSeconds, ...spec } = deployment().spec as JsonObject;
  return { ...deployment(), kind: 'ReplicaSet', spec };
}, SHARED);

describeRules('Job', () => {
  const { spec } = (cronJob().spec as JsonObject).jobTemplate as JsonObject;
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'settle' }, spec };
}, [
  ['completions', '/spec/completions', 0, -1, 'must be at least 0'],
  ['Jobs do not always restart', '/spec/template/spec/restartPolicy', 'Never', 'Always', 'must be one of OnFailure, Never'],
]);

describeRules('CronJob', cronJob, [
  ['schedule', '/spec/schedule', '@daily', '', 'required'],
  ['concurrencyPolicy', '/spec/concurrencyPolicy', 'Forbid', 'Queue', 'must be one of Allow, Forbid, Replace'],
  ['history', '/spec/failedJobsHistoryLimit', 0, -1, 'must be at least 0'],
  ['Jobs do not always restart', '/spec/jobTemplate/spec/template/spec/restartPolicy', 'Never', undefined, 'must be one of OnFailure, Never'],
  ['backoffLimit', '/spec/jobTemplate/spec/backoffLimit', 0, -1, 'must be at least 0'],
]);
