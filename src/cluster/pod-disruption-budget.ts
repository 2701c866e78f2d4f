import type { Count } from './count';
import type { ClusterObject } from './identity';
import { labelSelectorOf, type LabelSelector } from './label-selector';
import type { Field } from '../reading/field';

/** A PodDisruptionBudget. */
export interface PodDisruptionBudget extends ClusterObject {
  /** Nothing where no selector is written: it then selects no pod. An empty one selects every pod of its namespace. */
  readonly selector?: LabelSelector;
  readonly minAvailable?: Count;
  readonly maxUnavailable?: Count;
  readonly minAvailableField: Field;
  readonly maxUnavailableField: Field;
  readonly unhealthyPodEvictionPolicy: 'IfHealthyBudget' | 'AlwaysAllow';
}

/** Reads a PodDisruptionBudget. */
export function podDisruptionBudgetOf(object: ClusterObject): PodDisruptionBudget {
  const spec = object.field.get('spec');
  return {
    ...object,
    selector: spec.get('selector').exists ? labelSelectorOf(spec.get('selector')) : undefined,
    minAvailable: spec.get('minAvailable').count(),
    maxUnavailable: spec.get('maxUnavailable').count(),
    minAvailableField: spec.get('minAvailable'),
    maxUnavailableField: spec.get('maxUnavailable'),
    unhealthyPodEvictionPolicy: spec.get('unhealthyPodEvictionPolicy').string() === 'AlwaysAllow' ? 'AlwaysAllow' : 'IfHealthyBudget',
  };
}
