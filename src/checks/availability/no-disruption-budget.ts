import type { Rule } from '../rule';
import { choosesPods } from './budget-arithmetic';
import { BUDGET, DEPLOYMENT, PODS, SERVICE } from './example-manifests';
import { primaryLabelsOf } from './primary-labels';
import { podsKeptBy, releasedByFlagger, servingWorkloads } from './serving-workloads';

/** Evictions leave pods. */
export const NO_DISRUPTION_BUDGET: Rule = {
  id: 'no-disruption-budget',
  severity: 'warning',
  title: 'A workload that serves requests with several pods has a disruption budget.',
  why: 'A node that is drained, for an upgrade or by an autoscaler, evicts all its pods at once, and several nodes may be drained together. '
    + 'Only a PodDisruptionBudget makes evictions wait until the pods that went before have been replaced; without one all pods may go together.',
  sources: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/', 'https://kubernetes.io/docs/concepts/workloads/pods/disruptions/'],
  failing: `${SERVICE}${DEPLOYMENT}
  replicas: 3
  ${PODS}
`,
  passing: `${SERVICE}${DEPLOYMENT}
  replicas: 3
  ${PODS}
${BUDGET}
  maxUnavailable: 1
  selector: { matchLabels: { app: payments } }
`,
  check: ({ cluster, relations }) => {
    const released = releasedByFlagger(relations);
    return servingWorkloads(relations).flatMap((workload) => {
      const pods = podsKeptBy(relations, workload)?.min ?? 0;
      const labels = released.has(workload) ? [workload.template.labels, primaryLabelsOf(workload)] : [workload.template.labels];
      const isCovered = cluster.budgets.some((budget) => budget.namespace === workload.namespace && labels.some((own) => choosesPods(budget, own)));
      return pods < 2 || isCovered ? [] : [{
        object: workload,
        field: workload.field.get('metadata', 'name'),
        message: `no PodDisruptionBudget among the objects read is over the ${pods} pods of ${workload.kind} ${workload.name}, `
          + 'so drained nodes may take all of them together',
        fix: `add a PodDisruptionBudget with maxUnavailable 1 and a selector of the pods${released.has(workload) ? ' that Flagger makes as primary' : ''}`,
      }];
    });
  },
};
