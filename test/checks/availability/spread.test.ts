import { changed, found, messages } from './found';
import { ANTI_AFFINITY_BLOCKS_SURGE } from '../../../src/checks/availability/anti-affinity-blocks-surge';
import { DEPLOYMENT, PODS, SERVICE } from '../../../src/checks/availability/example-manifests';
import { NO_SPREAD } from '../../../src/checks/availability/no-spread';
import { SPREAD_SELECTS_NOTHING } from '../../../src/checks/availability/spread-selects-nothing';

const pods = (fields: string) => `${SERVICE}${DEPLOYMENT}\n  replicas: 2\n  ${PODS}\n      ${fields}\n`;
const apart = (how: 'required' | 'preferred', selector: string, more = '') => {
  const term = `{ topologyKey: kubernetes.io/hostname, labelSelector: ${selector}${more} }`;
  return pods(`affinity: { podAntiAffinity: { ${how}DuringSchedulingIgnoredDuringExecution: [${
    how === 'required' ? term : `{ weight: 100, podAffinityTerm: ${term} }`}] } }`);
};

describe('no-spread', () => {
  test('says what keeps pods apart, honestly', () => {
    expect(found(NO_SPREAD, NO_SPREAD.failing)).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.topologySpreadConstraints',
      message: 'only the scheduler\'s own preference keeps the 2 pods of Deployment payments from sharing one node, '
        + 'and the loss of a node that they share is an outage',
      actual: undefined,
      required: undefined,
      fix: 'add a topologySpreadConstraint over kubernetes.io/hostname with maxSkew 1',
    }]);
  });

  test.each(['required', 'preferred'] as const)('is content with an anti-affinity that is %s', (how) => {
    expect(messages(NO_SPREAD, apart(how, '{ matchLabels: { app: payments } }'))).toEqual([]);
  });

  test('is silent of a single pod, and of a DaemonSet', () => {
    expect(messages(NO_SPREAD, changed(NO_SPREAD.failing, ['replicas: 2', 'replicas: 1']))).toEqual([]);
    expect(messages(NO_SPREAD, changed(NO_SPREAD.failing, ['kind: Deployment', 'kind: DaemonSet']))).toEqual([]);
  });
});

describe('spread-selects-nothing', () => {
  test('names the selector', () => {
    expect(found(SPREAD_SELECTS_NOTHING, SPREAD_SELECTS_NOTHING.failing)).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.topologySpreadConstraints[0].labelSelector',
      message: 'app=payment does not choose the pods of Deployment payments, so nothing spreads them over kubernetes.io/hostname',
      actual: undefined,
      required: undefined,
      fix: 'set labelSelector.matchLabels to labels of this pod template',
    }]);
  });

  test('knows that a constraint without a labelSelector chooses none, and with an empty one all', () => {
    const constraint = (selector: string) => pods(`topologySpreadConstraints: [{ maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway${selector} }]`);
    expect(messages(SPREAD_SELECTS_NOTHING, constraint(''))).toEqual(['without a labelSelector nothing spreads the pods of Deployment payments over zone']);
    expect(messages(SPREAD_SELECTS_NOTHING, constraint(', labelSelector: {}'))).toEqual([]);
  });

  test.each(['required', 'preferred'] as const)('minds an anti-affinity that is %s and chooses no pod that is read', (how) => {
    expect(messages(SPREAD_SELECTS_NOTHING, apart(how, '{ matchLabels: { app: payment } }'))).toHaveLength(1);
    expect(messages(SPREAD_SELECTS_NOTHING, apart(how, '{ matchExpressions: [{ key: app, operator: In, values: [payments] }] }'))).toEqual([]);
  });

  test('is content with an anti-affinity to another workload, here or in another namespace', () => {
    const other = `---${changed(DEPLOYMENT, ['payments', 'orders'])}\n  ${changed(PODS, ['app: payments', 'app: orders'])}\n`;
    expect(messages(SPREAD_SELECTS_NOTHING, apart('required', '{ matchLabels: { app: orders } }') + other)).toEqual([]);
    expect(messages(SPREAD_SELECTS_NOTHING, apart('required', '{ matchLabels: { app: orders } }', ', namespaces: [shop]'))).toEqual([]);
  });
});

describe('anti-affinity-blocks-surge', () => {
  test('says how many nodes a release needs', () => {
    expect(found(ANTI_AFFINITY_BLOCKS_SURGE, ANTI_AFFINITY_BLOCKS_SURGE.failing)).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]',
      message: 'no two pods of Deployment payments may share a node and none is taken away first, so a release of 3 pods waits unless 4 nodes have room for one',
      actual: undefined,
      required: '≥ 4 nodes',
      fix: 'add matchLabelKeys [pod-template-hash] to the term, or prefer the anti-affinity instead of requiring it',
    }]);
  });

  test('is content where a pod may be taken away first', () => {
    expect(messages(ANTI_AFFINITY_BLOCKS_SURGE, changed(ANTI_AFFINITY_BLOCKS_SURGE.failing, ['maxUnavailable: 0', 'maxUnavailable: 1']))).toEqual([]);
  });

  test.each([
    ['to other pods', 'app: payments } } }\n', 'app: orders } } }\n'],
    ['over zones', 'kubernetes.io/hostname', 'topology.kubernetes.io/zone'],
    ['that is preferred', 'requiredDuring', 'preferredDuring'],
  ])('is silent of an anti-affinity %s', (_which, from, to) => {
    expect(messages(ANTI_AFFINITY_BLOCKS_SURGE, changed(ANTI_AFFINITY_BLOCKS_SURGE.failing, [from, to]))).toEqual([]);
  });
});
