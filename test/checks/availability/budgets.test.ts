import { changed, found, messages } from './found';
import { BUDGET_ALLOWS_ALL } from '../../../src/checks/availability/budget-allows-all';
import { BUDGET_BLOCKS_DRAIN } from '../../../src/checks/availability/budget-blocks-drain';
import { BUDGET_WITHOUT_POLICY } from '../../../src/checks/availability/budget-without-policy';
import { AUTOSCALER, BUDGET, CANARY, DEPLOYMENT, PODS, SERVICE } from '../../../src/checks/availability/example-manifests';
import { NO_DISRUPTION_BUDGET } from '../../../src/checks/availability/no-disruption-budget';

const SELECTOR = 'selector: { matchLabels: { app: payments } }';
const under = (replicas: number, ...fields: string[]) =>
  `${SERVICE}${DEPLOYMENT}\n  replicas: ${replicas}\n  ${PODS}\n${BUDGET}\n  ${[...fields, SELECTOR].join('\n  ')}\n`;

describe('no-disruption-budget', () => {
  test('says which pods may go together', () => {
    expect(found(NO_DISRUPTION_BUDGET, NO_DISRUPTION_BUDGET.failing)).toEqual([{
      object: 'Deployment default/payments',
      path: 'metadata.name',
      message: 'no PodDisruptionBudget among the objects read is over the 3 pods of Deployment payments, so drained nodes may take all of them together',
      actual: undefined,
      required: undefined,
      fix: 'add a PodDisruptionBudget with maxUnavailable 1 and a selector of the pods',
    }]);
  });

  test('is silent of a single pod, which no budget can keep', () => {
    expect(found(NO_DISRUPTION_BUDGET, changed(NO_DISRUPTION_BUDGET.failing, ['replicas: 3', 'replicas: 1']))).toEqual([]);
  });

  test.each([
    ['of another namespace', 'metadata: { name: payments }\nspec:\n  maxUnavailable', 'metadata: { name: payments, namespace: shop }\nspec:\n  maxUnavailable'],
    ['over other pods', `maxUnavailable: 1\n  ${SELECTOR}`, 'maxUnavailable: 1\n  selector: { matchLabels: { app: orders } }'],
    ['without a selector', `maxUnavailable: 1\n  ${SELECTOR}`, 'maxUnavailable: 1'],
  ])('does not count a budget %s', (_which, from, to) => {
    expect(found(NO_DISRUPTION_BUDGET, changed(NO_DISRUPTION_BUDGET.passing, [from, to]))).toHaveLength(1);
  });

  test('counts an empty selector in policy/v1 alone', () => {
    const everything = changed(NO_DISRUPTION_BUDGET.passing, [`maxUnavailable: 1\n  ${SELECTOR}`, 'maxUnavailable: 1\n  selector: {}']);
    expect(found(NO_DISRUPTION_BUDGET, everything)).toEqual([]);
    expect(found(NO_DISRUPTION_BUDGET, changed(everything, ['policy/v1', 'policy/v1beta1']))).toHaveLength(1);
  });

  test('counts matchExpressions', () => {
    const expressions = 'selector: { matchExpressions: [{ key: app, operator: In, values: [payments, orders] }] }';
    expect(found(NO_DISRUPTION_BUDGET, changed(NO_DISRUPTION_BUDGET.passing, [`maxUnavailable: 1\n  ${SELECTOR}`, `maxUnavailable: 1\n  ${expressions}`]))).toEqual([]);
  });

  test('counts a budget over the primary pods of what Flagger releases', () => {
    const released = `${DEPLOYMENT}\n  replicas: 2\n  ${PODS}${CANARY}\n`;
    expect(found(NO_DISRUPTION_BUDGET, released).map(({ fix }) => fix))
      .toEqual(['add a PodDisruptionBudget with maxUnavailable 1 and a selector of the pods that Flagger makes as primary']);
    expect(found(NO_DISRUPTION_BUDGET, `${released}${BUDGET}\n  maxUnavailable: 1\n  selector: { matchLabels: { app: payments-primary } }\n`)).toEqual([]);
  });
});

describe('budget-blocks-drain', () => {
  test('says that no node can be drained', () => {
    expect(found(BUDGET_BLOCKS_DRAIN, BUDGET_BLOCKS_DRAIN.failing)).toEqual([{
      object: 'PodDisruptionBudget default/payments',
      path: 'spec.minAvailable',
      message: 'minAvailable 2 of 2 pods lets no pod be evicted, so no node with one of them can be drained',
      actual: '0 evictions',
      required: '≥ 1 eviction',
      fix: 'set maxUnavailable to 1 instead',
    }]);
  });

  test('is content with one pod more', () => {
    expect(found(BUDGET_BLOCKS_DRAIN, under(3, 'minAvailable: 2'))).toEqual([]);
  });

  test('rounds minAvailable up: 90% of 9 pods are 9, and of 10 are 9', () => {
    expect(messages(BUDGET_BLOCKS_DRAIN, under(9, 'minAvailable: 90%'))).toHaveLength(1);
    expect(messages(BUDGET_BLOCKS_DRAIN, under(10, 'minAvailable: 90%'))).toEqual([]);
  });

  test('rounds maxUnavailable up: 1% lets one pod go', () => {
    expect(messages(BUDGET_BLOCKS_DRAIN, under(2, 'maxUnavailable: 1%'))).toEqual([]);
  });

  test.each(['maxUnavailable: 0', 'maxUnavailable: 0%', 'minAvailable: 100%'])('knows that %s blocks whatever pods there are', (bound) => {
    expect(messages(BUDGET_BLOCKS_DRAIN, `${BUDGET}\n  ${bound}\n  ${SELECTOR}\n`)).toEqual([
      `${bound.replace(':', '')} lets no pod be evicted, so no node with one of them can be drained`,
    ]);
  });

  test('takes the fewest pods of an autoscaler', () => {
    const scaled = (min: number) => changed(under(2, 'minAvailable: 2'), ['  replicas: 2\n', ''])
      + `${AUTOSCALER}\n  minReplicas: ${min}\n  maxReplicas: 9\n`;
    expect(messages(BUDGET_BLOCKS_DRAIN, scaled(2))).toHaveLength(1);
    expect(messages(BUDGET_BLOCKS_DRAIN, scaled(3))).toEqual([]);
  });

  test('advises a second pod where there is one', () => {
    expect(found(BUDGET_BLOCKS_DRAIN, under(1, 'minAvailable: 1')).map(({ fix }) => fix)).toEqual(['keep at least 2 pods, and set maxUnavailable to 1']);
  });

  test('adds the pods of all workloads under a budget', () => {
    const two = under(1, 'minAvailable: 1') + `---${changed(DEPLOYMENT, ['name: payments', 'name: payments-2'])}\n  replicas: 1\n  ${PODS}\n`;
    expect(messages(BUDGET_BLOCKS_DRAIN, two)).toEqual([]);
  });

  test('is silent where the pods are not read, are switched off, or are of a DaemonSet', () => {
    expect(messages(BUDGET_BLOCKS_DRAIN, `${BUDGET}\n  minAvailable: 2\n  ${SELECTOR}\n`)).toEqual([]);
    expect(messages(BUDGET_BLOCKS_DRAIN, under(0, 'minAvailable: 2'))).toEqual([]);
    expect(messages(BUDGET_BLOCKS_DRAIN, changed(under(2, 'minAvailable: 2'), ['kind: Deployment', 'kind: DaemonSet']))).toEqual([]);
  });

  test('is silent of a budget that chooses no pod', () => {
    expect(messages(BUDGET_BLOCKS_DRAIN, `${BUDGET}\n  maxUnavailable: 0\n`)).toEqual([]);
  });
});

describe('budget-allows-all', () => {
  test('says that all pods may go', () => {
    expect(found(BUDGET_ALLOWS_ALL, BUDGET_ALLOWS_ALL.failing)).toEqual([{
      object: 'PodDisruptionBudget default/payments',
      path: 'spec.maxUnavailable',
      message: 'maxUnavailable 2 of 2 pods lets all of them be evicted together',
      actual: '2 evictions',
      required: '≤ 1 eviction',
      fix: 'set maxUnavailable to 1',
    }]);
  });

  test('is content with one pod more', () => {
    expect(messages(BUDGET_ALLOWS_ALL, under(3, 'maxUnavailable: 2'))).toEqual([]);
  });

  test('rounds maxUnavailable up: 51% of 2 pods are both', () => {
    expect(messages(BUDGET_ALLOWS_ALL, under(2, 'maxUnavailable: 51%'))).toEqual(['maxUnavailable 51% of 2 pods lets all of them be evicted together']);
    expect(messages(BUDGET_ALLOWS_ALL, under(2, 'maxUnavailable: 50%'))).toEqual([]);
  });

  test('knows that minAvailable 0 keeps none', () => {
    expect(found(BUDGET_ALLOWS_ALL, under(3, 'minAvailable: 0')).map(({ path, required }) => [path, required])).toEqual([['spec.minAvailable', '≤ 2 evictions']]);
  });

  test('is silent of a single pod, which must be let go', () => {
    expect(messages(BUDGET_ALLOWS_ALL, under(1, 'maxUnavailable: 1'))).toEqual([]);
  });
});

describe('budget-without-policy', () => {
  test('says that it blocks', () => {
    expect(found(BUDGET_WITHOUT_POLICY, BUDGET_WITHOUT_POLICY.failing)).toEqual([{
      object: 'PodDisruptionBudget default/payments',
      path: 'spec.maxUnavailable',
      message: 'PodDisruptionBudget payments has neither minAvailable nor maxUnavailable and so lets no pod be evicted',
      actual: '0 evictions',
      required: '≥ 1 eviction',
      fix: 'set maxUnavailable to 1',
    }]);
  });

  test('takes zero for a policy', () => {
    expect(messages(BUDGET_WITHOUT_POLICY, under(2, 'minAvailable: 0'))).toEqual([]);
  });

  test('leaves a budget without a selector to the rule about that', () => {
    expect(messages(BUDGET_WITHOUT_POLICY, `${BUDGET} {}\n`)).toEqual([]);
  });
});
