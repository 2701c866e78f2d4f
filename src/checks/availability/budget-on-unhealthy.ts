import type { Rule } from '../rule';
import { workloadsCovered } from './budget-arithmetic';
import { BUDGET, DEPLOYMENT, PODS, SERVICE } from './example-manifests';

/** The release in which unhealthyPodEvictionPolicy is on where nobody turns it off. */
const IN_KUBERNETES = 27;

/** Pods that serve nobody do not hold drains back. */
export const BUDGET_ON_UNHEALTHY: Rule = {
  id: 'budget-on-unhealthy',
  severity: 'info',
  title: 'A disruption budget lets pods that are not ready be evicted.',
  why: 'Where unhealthyPodEvictionPolicy is not written, running pods that are not ready are evicted only while enough others are ready. When a faulty '
    + 'release lets pods crash, the budget is not met, so nodes with those pods cannot be drained, though they serve nobody.',
  sources: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy'],
  failing: `${SERVICE}${DEPLOYMENT}
  replicas: 2
  ${PODS}
${BUDGET}
  maxUnavailable: 1
  selector: { matchLabels: { app: payments } }
`,
  passing: `${SERVICE}${DEPLOYMENT}
  replicas: 2
  ${PODS}
${BUDGET}
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector: { matchLabels: { app: payments } }
`,
  check: ({ cluster, relations, kubernetesMinor }) => cluster.budgets
    .filter((budget) => kubernetesMinor >= IN_KUBERNETES && budget.unhealthyPodEvictionPolicy !== 'AlwaysAllow')
    .filter((budget) => workloadsCovered(relations, budget).length > 0)
    .map((budget) => ({
      object: budget,
      field: budget.field.get('spec', 'unhealthyPodEvictionPolicy'),
      message: `where pods under ${budget.name} crash, nodes with them cannot be drained until enough others are ready`,
      actual: 'IfHealthyBudget',
      required: 'AlwaysAllow',
      fix: 'set unhealthyPodEvictionPolicy to AlwaysAllow',
    })),
};
