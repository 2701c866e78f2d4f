import type { Rule } from '../rule';
import { evictableOf, fewestCovered, workloadsCovered } from './budget-arithmetic';
import { BUDGET, DEPLOYMENT, PODS, SERVICE } from './example-manifests';
import { podsText } from './pods-text';

/** A disruption budget keeps pods. */
export const BUDGET_ALLOWS_ALL: Rule = {
  id: 'budget-allows-all',
  severity: 'warning',
  title: 'A disruption budget keeps at least one pod.',
  why: 'A budget that lets all pods be unavailable at once never holds an eviction back, so drained nodes may take every pod together, as if there '
    + 'were no budget. maxUnavailable percentages are rounded up: 51% of 2 pods is both.',
  inequality: 'maxUnavailable < replicas, minAvailable ≥ 1',
  sources: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/#rounding-logic-when-specifying-percentages'],
  failing: `${SERVICE}${DEPLOYMENT}
  replicas: 2
  ${PODS}
${BUDGET}
  maxUnavailable: 2
  selector: { matchLabels: { app: payments } }
`,
  passing: `${SERVICE}${DEPLOYMENT}
  replicas: 2
  ${PODS}
${BUDGET}
  maxUnavailable: 1
  selector: { matchLabels: { app: payments } }
`,
  check: ({ cluster, relations }) => cluster.budgets.flatMap((budget) => {
    const { maxUnavailable, minAvailable } = budget;
    const pods = fewestCovered(relations, workloadsCovered(relations, budget)) ?? 0;
    // A single pod cannot be kept and evicted, so of one the budget is right to allow it.
    return pods < 2 || evictableOf(budget, pods) < pods ? [] : [{
      object: budget,
      field: maxUnavailable === undefined ? budget.minAvailableField : budget.maxUnavailableField,
      message: `${maxUnavailable === undefined ? `minAvailable ${minAvailable}` : `maxUnavailable ${maxUnavailable}`} of ${podsText(pods)} `
        + 'lets all of them be evicted together',
      actual: `${pods} evictions`,
      required: pods === 2 ? '≤ 1 eviction' : `≤ ${pods - 1} evictions`,
      fix: 'set maxUnavailable to 1',
    }];
  }),
};
