import type { Rule } from '../rule';
import { BUDGET, DEPLOYMENT, PODS, SERVICE } from './example-manifests';

/** A disruption budget says how many. */
export const BUDGET_WITHOUT_POLICY: Rule = {
  id: 'budget-without-policy',
  severity: 'error',
  title: 'A disruption budget has minAvailable or maxUnavailable.',
  why: 'With neither field the disruption controller expects no pods and therefore allows no disruption: the budget is accepted, and then refuses every '
    + 'eviction of the pods that it chooses, so no node with one of them can be drained.',
  sources: [
    'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#specifying-a-poddisruptionbudget',
    'https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/disruption/disruption.go',
  ],
  failing: `${SERVICE}${DEPLOYMENT}
  replicas: 2
  ${PODS}
${BUDGET}
  selector: { matchLabels: { app: payments } }
`,
  passing: `${SERVICE}${DEPLOYMENT}
  replicas: 2
  ${PODS}
${BUDGET}
  maxUnavailable: 1
  selector: { matchLabels: { app: payments } }
`,
  check: ({ cluster }) => cluster.budgets
    .filter(({ maxUnavailable, minAvailable, selector }) => maxUnavailable === undefined && minAvailable === undefined && selector !== undefined)
    .map((budget) => ({
      object: budget,
      field: budget.maxUnavailableField,
      message: `PodDisruptionBudget ${budget.name} has neither minAvailable nor maxUnavailable and so lets no pod be evicted`,
      actual: '0 evictions',
      required: '≥ 1 eviction',
      fix: 'set maxUnavailable to 1',
    })),
};
