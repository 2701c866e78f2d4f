import type { Cluster } from '../../cluster/cluster';
import type { ClusterObject } from '../../cluster/identity';
import type { Rule } from '../rule';
import { choosesPods, workloadsCovered } from './budget-arithmetic';
import { BUDGET, DEPLOYMENT, PODS, SERVICE } from './example-manifests';

/** A disruption budget is over some pods. */
export const BUDGET_SELECTS_NOTHING: Rule = {
  id: 'budget-selects-nothing',
  severity: 'warning',
  title: 'A disruption budget selects pods.',
  why: 'A budget protects the pods that its selector chooses and no others. Without a selector it chooses none, with an empty one all of its namespace; '
    + 'one whose labels no pod carries is without effect, and whoever wrote it believes otherwise.',
  sources: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/#specifying-a-poddisruptionbudget'],
  failing: `${SERVICE}${DEPLOYMENT}
  replicas: 2
  ${PODS}
${BUDGET}
  maxUnavailable: 1
  selector: { matchLabels: { app: payment } }
`,
  passing: `${SERVICE}${DEPLOYMENT}
  replicas: 2
  ${PODS}
${BUDGET}
  maxUnavailable: 1
  selector: { matchLabels: { app: payments } }
`,
  check: ({ cluster, relations }) => cluster.budgets.flatMap((budget) => {
    const isJudged = budget.selector === undefined || relations.workloadsIn(budget.namespace).length > 0;
    const chooses = workloadsCovered(relations, budget).length > 0 || podLabelsIn(cluster, budget).some((labels) => choosesPods(budget, labels));
    return !isJudged || chooses ? [] : [{
      object: budget,
      field: budget.field.get('spec', 'selector'),
      message: budget.selector === undefined
        ? `PodDisruptionBudget ${budget.name} has no selector and so protects no pod`
        : `no pod of the workloads read in namespace ${budget.namespace} is chosen by ${budget.selector.text}, so the budget protects none`,
      fix: 'set spec.selector.matchLabels to labels of the pods to protect',
    }];
  }),
};

/** The labels of pods that other objects make, whatever their kind, and those of bare pods. */
function podLabelsIn(cluster: Cluster, { namespace }: ClusterObject): ReadonlyMap<string, string>[] {
  return cluster.objects.filter((object) => object.namespace === namespace).flatMap(({ kind, field }) => {
    const template = field.get('spec', 'template', 'metadata', 'labels');
    const labels = kind === 'Pod' ? field.get('metadata', 'labels') : template;
    return labels.exists && typeof labels.value === 'object' && !Array.isArray(labels.value) ? [labels.stringMap()] : [];
  });
}
