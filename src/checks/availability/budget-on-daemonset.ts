import type { Rule } from '../rule';
import { BUDGET, PODS, SERVICE } from './example-manifests';

const HOLDERS = `${SERVICE}
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: payments }
spec:
  ${PODS}`;

/** Disruption budgets are over pods that drains evict. */
export const BUDGET_ON_DAEMONSET: Rule = {
  id: 'budget-on-daemonset',
  severity: 'info',
  title: 'No disruption budget is over the pods of a DaemonSet.',
  why: 'A drain passes over the pods of DaemonSets, so a budget holds nothing back there. maxUnavailable and percentages need a workload with a '
    + 'scale, which a DaemonSet has not: the controller then fails and allows no disruption at all, also to whoever does evict such pods.',
  sources: [
    'https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/',
    'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#arbitrary-controllers-and-selectors',
  ],
  failing: `${HOLDERS}
${BUDGET}
  maxUnavailable: 1
  selector: { matchLabels: { app: payments } }
`,
  passing: `${HOLDERS}
${BUDGET}
  maxUnavailable: 1
  selector: { matchLabels: { app: orders } }
`,
  check: ({ cluster, relations }) => cluster.workloads.filter(({ kind }) => kind === 'DaemonSet').flatMap((workload) =>
    relations.budgetsOf(workload).map((budget) => ({
      object: budget,
      field: budget.field.get('spec', 'selector'),
      message: `PodDisruptionBudget ${budget.name} is over the pods of DaemonSet ${workload.name}, which no drain evicts`,
      fix: `narrow the selector so that it does not choose the pods of DaemonSet ${workload.name}`,
    }))),
};
