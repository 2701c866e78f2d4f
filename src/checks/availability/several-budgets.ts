import type { Rule } from '../rule';
import { choosesPods } from './budget-arithmetic';
import { BUDGET, DEPLOYMENT, PODS, SERVICE } from './example-manifests';

const SECOND = BUDGET.replace('name: payments', 'name: everything');

/** A pod is under one disruption budget at most. */
export const SEVERAL_BUDGETS: Rule = {
  id: 'several-budgets',
  severity: 'error',
  title: 'No pod is under two disruption budgets.',
  why: 'The eviction API refuses to evict a pod that more than one PodDisruptionBudget chooses: it answers 500, whatever the budgets allow. '
    + 'No node with such a pod can be drained.',
  sources: [
    'https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/',
    'https://github.com/kubernetes/kubernetes/blob/master/pkg/registry/core/pod/storage/eviction.go',
  ],
  failing: `${SERVICE}${DEPLOYMENT}
  replicas: 2
  ${PODS}
${BUDGET}
  maxUnavailable: 1
  selector: { matchLabels: { app: payments } }
${SECOND}
  maxUnavailable: 1
  selector: {}
`,
  passing: `${SERVICE}${DEPLOYMENT}
  replicas: 2
  ${PODS}
${BUDGET}
  maxUnavailable: 1
  selector: { matchLabels: { app: payments } }
${SECOND}
  maxUnavailable: 1
  selector: { matchExpressions: [{ key: app, operator: NotIn, values: [payments] }] }
`,
  check: ({ relations }) => relations.cluster.workloads.flatMap((workload) => {
    const budgets = relations.budgetsOf(workload).filter((budget) => choosesPods(budget, workload.template.labels));
    // One that is written twice is one object for Kubernetes.
    const named = [...new Map(budgets.map((budget) => [budget.name, budget])).values()];
    return named.length < 2 ? [] : [{
      object: named[1],
      field: named[1].field.get('spec', 'selector'),
      message: `the pods of ${workload.kind} ${workload.name} are under the budgets ${named.map(({ name }) => name).join(' and ')}, `
        + 'so the eviction API refuses to evict any of them',
      actual: `${named.length} budgets`,
      required: '1 budget',
      fix: 'narrow the selectors so that one budget chooses these pods',
    }];
  }),
};
