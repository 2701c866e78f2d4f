import { changed, found, messages } from './found';
import { AUTOSCALER, ROLLOUT } from '../../../src/checks/availability/example-manifests';
import { QUOTA_BLOCKS_SURGE } from '../../../src/checks/availability/quota-blocks-surge';

const { failing } = QUOTA_BLOCKS_SURGE;

test('says how many pods a release needs', () => {
  expect(found(QUOTA_BLOCKS_SURGE, failing)).toEqual([{
    object: 'ResourceQuota default/payments',
    path: 'spec.hard.pods',
    message: 'the workloads of namespace default keep at least 4 pods and a release of Deployment payments adds 1, but only 4 are admitted, so it stands still',
    actual: '4 pods',
    required: '≥ 5 pods',
    fix: 'set spec.hard.pods to at least 5, and more for pods that are still ending',
  }]);
});

test('is content with one pod more', () => {
  expect(messages(QUOTA_BLOCKS_SURGE, changed(failing, ['pods: "4"', 'pods: "5"']))).toEqual([]);
});

test('knows the other name of the count', () => {
  expect(found(QUOTA_BLOCKS_SURGE, changed(failing, ['{ pods: "4" }', '{ count/pods: 4 }'])).map(({ path, fix }) => [path, fix])).toEqual([
    ['spec.hard["count/pods"]', 'set spec.hard.count/pods to at least 5, and more for pods that are still ending'],
  ]);
});

test('is silent where a release may take a pod away first', () => {
  expect(messages(QUOTA_BLOCKS_SURGE, changed(failing, ['maxUnavailable: 0', 'maxUnavailable: 1']))).toEqual([]);
});

test('is silent of a quota with scopes, without pods, or of another namespace', () => {
  expect(messages(QUOTA_BLOCKS_SURGE, changed(failing, ['{ hard:', '{ scopes: [BestEffort], hard:']))).toEqual([]);
  expect(messages(QUOTA_BLOCKS_SURGE, changed(failing, ['pods: "4"', 'requests.cpu: "4"']))).toEqual([]);
  expect(messages(QUOTA_BLOCKS_SURGE, changed(failing, ['kind: ResourceQuota\nmetadata: {', 'kind: ResourceQuota\nmetadata: { namespace: shop,']))).toEqual([]);
});

test('counts the fewest pods of an autoscaler', () => {
  const scaled = (min: number) => `${changed(failing, ['  replicas: 4\n', ''])}${AUTOSCALER}\n  minReplicas: ${min}\n  maxReplicas: 9\n`;
  expect(messages(QUOTA_BLOCKS_SURGE, scaled(3))).toEqual([]);
  expect(messages(QUOTA_BLOCKS_SURGE, scaled(4))).toHaveLength(1);
});

test('counts a second set of pods where requests are shifted between two', () => {
  const rollout = (pods: number) => changed(failing,
    [failing.slice(failing.indexOf('\napiVersion: apps/v1'), failing.indexOf('  replicas')), `${ROLLOUT}\n`],
    ['strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }', 'strategy: { blueGreen: { activeService: payments } }'],
    ['pods: "4"', `pods: "${pods}"`]);
  expect(found(QUOTA_BLOCKS_SURGE, rollout(7)).map(({ required }) => required)).toEqual(['≥ 8 pods']);
  expect(found(QUOTA_BLOCKS_SURGE, rollout(8))).toEqual([]);
});
