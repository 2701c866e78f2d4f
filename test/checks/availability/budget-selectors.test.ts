import { changed, found, messages } from './found';
import { BUDGET_ON_DAEMONSET } from '../../../src/checks/availability/budget-on-daemonset';
import { BUDGET_ON_UNHEALTHY } from '../../../src/checks/availability/budget-on-unhealthy';
import { BUDGET_SELECTS_NOTHING } from '../../../src/checks/availability/budget-selects-nothing';
import { BUDGET, CANARY, DEPLOYMENT, PODS } from '../../../src/checks/availability/example-manifests';
import { SEVERAL_BUDGETS } from '../../../src/checks/availability/several-budgets';

const budget = (selector: string) => `${BUDGET}\n  maxUnavailable: 1\n${selector}`;
const workload = `${DEPLOYMENT}\n  replicas: 2\n  ${PODS}\n`;

describe('budget-selects-nothing', () => {
  test('says what it looks for', () => {
    expect(found(BUDGET_SELECTS_NOTHING, BUDGET_SELECTS_NOTHING.failing)).toEqual([{
      object: 'PodDisruptionBudget default/payments',
      path: 'spec.selector',
      message: 'no pod of the workloads read in namespace default is chosen by app=payment, so the budget protects none',
      actual: undefined,
      required: undefined,
      fix: 'set spec.selector.matchLabels to labels of the pods to protect',
    }]);
  });

  test('knows that no selector chooses no pod, whatever is read', () => {
    expect(messages(BUDGET_SELECTS_NOTHING, budget(''))).toEqual(['PodDisruptionBudget payments has no selector and so protects no pod']);
  });

  test('knows that an empty selector chooses all pods in policy/v1, and none in policy/v1beta1', () => {
    const everything = `${workload}${budget('  selector: {}\n')}`;
    expect(messages(BUDGET_SELECTS_NOTHING, everything)).toEqual([]);
    expect(messages(BUDGET_SELECTS_NOTHING, changed(everything, ['policy/v1', 'policy/v1beta1'])))
      .toEqual(['no pod of the workloads read in namespace default is chosen by (everything), so the budget protects none']);
  });

  test('is silent where no workload of the namespace is read', () => {
    expect(messages(BUDGET_SELECTS_NOTHING, budget('  selector: { matchLabels: { app: orders } }\n'))).toEqual([]);
    expect(messages(BUDGET_SELECTS_NOTHING, changed(BUDGET_SELECTS_NOTHING.failing, ['kind: PodDisruptionBudget\nmetadata: {', 'kind: PodDisruptionBudget\nmetadata: { namespace: shop,']))).toEqual([]);
  });

  test.each([
    ['In', '[payments]', 0], ['In', '[orders]', 1], ['NotIn', '[orders]', 0], ['NotIn', '[payments]', 1],
  ])('evaluates %s %s', (operator, values, findings) => {
    const selector = `  selector: { matchExpressions: [{ key: app, operator: ${operator}, values: ${values} }] }\n`;
    expect(messages(BUDGET_SELECTS_NOTHING, `${workload}${budget(selector)}`)).toHaveLength(findings);
  });

  test('counts pods of other kinds: bare ones, and those of a ReplicationController', () => {
    const others = (object: string) => `${workload}${budget('  selector: { matchLabels: { app: orders } }\n')}---\n${object}\n`;
    expect(messages(BUDGET_SELECTS_NOTHING, others('{ apiVersion: v1, kind: Pod, metadata: { name: orders, labels: { app: orders } } }'))).toEqual([]);
    expect(messages(BUDGET_SELECTS_NOTHING,
      others('{ apiVersion: v1, kind: ReplicationController, metadata: { name: orders }, spec: { template: { metadata: { labels: { app: orders } } } } }'))).toEqual([]);
    expect(messages(BUDGET_SELECTS_NOTHING,
      others('{ apiVersion: v1, kind: ConfigMap, metadata: { name: orders, labels: { app: orders } } }'))).toHaveLength(1);
  });

  test('counts the primary pods that Flagger makes', () => {
    expect(messages(BUDGET_SELECTS_NOTHING, `${workload}${CANARY}\n${budget('  selector: { matchLabels: { app: payments-primary } }\n')}`)).toEqual([]);
  });
});

describe('several-budgets', () => {
  test('names both', () => {
    expect(found(SEVERAL_BUDGETS, SEVERAL_BUDGETS.failing)).toEqual([{
      object: 'PodDisruptionBudget default/everything',
      path: 'spec.selector',
      message: 'the pods of Deployment payments are under the budgets payments and everything, so the eviction API refuses to evict any of them',
      actual: '2 budgets',
      required: '1 budget',
      fix: 'narrow the selectors so that one budget chooses these pods',
    }]);
  });

  test('takes one that is written twice for one', () => {
    const same = budget('  selector: { matchLabels: { app: payments } }\n');
    expect(messages(SEVERAL_BUDGETS, `${workload}${same}${same}`)).toEqual([]);
  });

  test('does not count an empty selector of policy/v1beta1', () => {
    expect(messages(SEVERAL_BUDGETS, changed(SEVERAL_BUDGETS.failing, ['policy/v1', 'policy/v1beta1']))).toEqual([]);
  });
});

describe('budget-on-unhealthy', () => {
  test('says what crashed pods do to drains', () => {
    expect(found(BUDGET_ON_UNHEALTHY, BUDGET_ON_UNHEALTHY.failing)).toEqual([{
      object: 'PodDisruptionBudget default/payments',
      path: 'spec.unhealthyPodEvictionPolicy',
      message: 'where pods under payments crash, nodes with them cannot be drained until enough others are ready',
      actual: 'IfHealthyBudget',
      required: 'AlwaysAllow',
      fix: 'set unhealthyPodEvictionPolicy to AlwaysAllow',
    }]);
  });

  test('is silent before the field is on, in Kubernetes 1.27', () => {
    expect(messages(BUDGET_ON_UNHEALTHY, BUDGET_ON_UNHEALTHY.failing, { kubernetes: 26 })).toEqual([]);
    expect(messages(BUDGET_ON_UNHEALTHY, BUDGET_ON_UNHEALTHY.failing, { kubernetes: 27 })).toHaveLength(1);
  });

  test('is silent of a budget over nothing that is read', () => {
    expect(messages(BUDGET_ON_UNHEALTHY, budget('  selector: { matchLabels: { app: orders } }\n'))).toEqual([]);
  });
});

describe('budget-on-daemonset', () => {
  test('says that no drain evicts the pods', () => {
    expect(found(BUDGET_ON_DAEMONSET, BUDGET_ON_DAEMONSET.failing)).toEqual([{
      object: 'PodDisruptionBudget default/payments',
      path: 'spec.selector',
      message: 'PodDisruptionBudget payments is over the pods of DaemonSet payments, which no drain evicts',
      actual: undefined,
      required: undefined,
      fix: 'narrow the selector so that it does not choose the pods of DaemonSet payments',
    }]);
  });

  test('is silent of a Deployment', () => {
    expect(messages(BUDGET_ON_DAEMONSET, changed(BUDGET_ON_DAEMONSET.failing, ['kind: DaemonSet', 'kind: Deployment']))).toEqual([]);
  });
});
