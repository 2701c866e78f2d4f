import { holdsPlaceholder, readable } from './placeholder';
import { ServicePlan } from '../../plan/service-plan';

/** The plan as a reader is told it: with words in the place of what nobody knows yet. */
export function readablePlan(plan: ServicePlan): ServicePlan {
  const { name, namespace, kubernetesVersion } = plan;
  return namespace === undefined || !holdsPlaceholder(namespace) ? plan : ServicePlan._of({
    name,
    namespace: readable(namespace),
    kubernetesVersion,
    ledger: {
      assumptions: told(plan.assumptions),
      requirements: told(plan.requirements),
      warnings: told(plan.warnings),
      get decisions() {
        return told(plan.decisions);
      },
    },
  });
}

function told<T>(value: T): T {
  return toldValue(value) as T;
}

function toldValue(value: unknown): unknown {
  if (typeof value === 'string') {
    return readable(value);
  }
  if (Array.isArray(value)) {
    return value.map(toldValue);
  }
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toldValue(member)])) : value;
}
