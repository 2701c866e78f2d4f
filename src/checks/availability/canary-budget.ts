import type { Rule } from '../rule';
import { choosesPods } from './budget-arithmetic';
import { BUDGET, CANARY, DEPLOYMENT, PODS } from './example-manifests';
import { primaryLabelsOf } from './primary-labels';
import { flaggerCanariesOf, targetOf } from '../../cluster/flagger-canary';

const RELEASED = `${DEPLOYMENT}
  replicas: 2
  ${PODS}
${CANARY}
  analysis: { interval: 1m, threshold: 5, stepWeight: 10, maxWeight: 50, metrics: [{ name: request-success-rate, thresholdRange: { min: 99 } }] }
${BUDGET}
  maxUnavailable: 1
  selector: { matchLabels: { app: payments-primary } }
`;

/** A budget is over the pods that serve. */
export const CANARY_BUDGET: Rule = {
  id: 'canary-budget',
  severity: 'warning',
  title: 'A disruption budget of what Flagger releases is over its primary pods.',
  why: 'Between releases Flagger scales the target to zero and serves by a copy whose pods carry another label, the target\'s with -primary behind it. '
    + 'A budget that chooses the target\'s pods is over none of those that serve, and drained nodes may take them all together.',
  sources: ['https://docs.flagger.app/usage/how-it-works#canary-target', 'https://github.com/fluxcd/flagger/issues/1604'],
  failing: RELEASED.replace('app: payments-primary', 'app: payments'),
  passing: RELEASED,
  check: ({ cluster, relations }) => flaggerCanariesOf(cluster).flatMap((canary) => {
    const target = targetOf(relations, canary);
    const budgets = target ? cluster.budgets.filter(({ namespace }) => namespace === canary.namespace) : [];
    const isProtected = target && budgets.some((budget) => choosesPods(budget, primaryLabelsOf(target)));
    return !target || isProtected ? [] : budgets.filter((budget) => choosesPods(budget, target.template.labels)).map((budget) => ({
      object: budget,
      field: budget.field.get('spec', 'selector'),
      message: `PodDisruptionBudget ${budget.name} is over the pods of ${target.kind} ${target.name}, which Flagger scales to zero, `
        + `and not over those of ${target.name}-primary, which serve`,
      fix: `select ${textOf(primaryLabelsOf(target), target.template.labels)} instead`,
    }));
  }),
};

/** The labels that are different. */
function textOf(labels: ReadonlyMap<string, string>, others: ReadonlyMap<string, string>): string {
  return [...labels].filter(([key, value]) => others.get(key) !== value).map(([key, value]) => `${key}: ${value}`).join(', ');
}
