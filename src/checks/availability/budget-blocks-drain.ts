import type { PodDisruptionBudget } from '../../cluster/pod-disruption-budget';
import type { Rule } from '../rule';
import { evictableOf, fewestCovered, workloadsCovered } from './budget-arithmetic';
import { BUDGET, DEPLOYMENT, PODS, SERVICE } from './example-manifests';
import { podsText } from './pods-text';

/** A disruption budget lets a pod be evicted. */
export const BUDGET_BLOCKS_DRAIN: Rule = {
  id: 'budget-blocks-drain',
  severity: 'error',
  title: 'A disruption budget lets at least one pod be evicted.',
  why: 'A budget that allows no disruption refuses every eviction for as long as all pods are well. No node with such a pod can be drained, so '
    + 'upgrades of nodes stand still until somebody forces them, and a forced one deletes pods without minding any budget. minAvailable '
    + 'percentages are rounded up, so 90% of 5 pods is 5.',
  inequality: 'minAvailable < replicas, maxUnavailable ≥ 1',
  sources: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/#rounding-logic-when-specifying-percentages'],
  failing: `${SERVICE}${DEPLOYMENT}
  replicas: 2
  ${PODS}
${BUDGET}
  minAvailable: 2
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
    const pods = fewestCovered(relations, workloadsCovered(relations, budget));
    const { field, text } = boundOf(budget);
    const isBlocked = isAlwaysBlocking(budget) || (pods !== undefined && pods > 0 && evictableOf(budget, pods) === 0);
    return !field.exists || budget.selector === undefined || !isBlocked ? [] : [{
      object: budget,
      field,
      message: `${text}${pods ? ` of ${podsText(pods)}` : ''} lets no pod be evicted, so no node with one of them can be drained`,
      actual: '0 evictions',
      required: '≥ 1 eviction',
      fix: pods === 1 ? 'keep at least 2 pods, and set maxUnavailable to 1' : 'set maxUnavailable to 1 instead',
    }];
  }),
};

function boundOf({ maxUnavailable, maxUnavailableField, minAvailable, minAvailableField }: PodDisruptionBudget) {
  return maxUnavailable === undefined
    ? { field: minAvailableField, text: `minAvailable ${minAvailable}` }
    : { field: maxUnavailableField, text: `maxUnavailable ${maxUnavailable}` };
}

/** Whether no number of pods would change it. */
function isAlwaysBlocking({ maxUnavailable, minAvailable }: PodDisruptionBudget): boolean {
  return maxUnavailable === 0 || maxUnavailable === '0%' || (maxUnavailable === undefined && minAvailable === '100%');
}
