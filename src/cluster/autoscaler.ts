import type { ClusterObject } from './identity';
import type { Field } from '../reading/field';

/** What an object refers to in its own namespace. */
export interface TargetReference {
  readonly field: Field;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

/** A HorizontalPodAutoscaler, or KEDA's ScaledObject, which makes one. */
export interface Autoscaler extends ClusterObject {
  readonly target: TargetReference;
  readonly min: number;
  readonly max: number;
  readonly minField: Field;
  readonly maxField: Field;
  /** Whether it has anything to decide by. */
  readonly hasMetrics: boolean;
}

/** Whether the object is an autoscaler of a kind that is read. */
export function isAutoscaler({ apiVersion, kind }: ClusterObject): boolean {
  return (kind === 'HorizontalPodAutoscaler' && apiVersion.startsWith('autoscaling/')) || (kind === 'ScaledObject' && apiVersion.startsWith('keda.sh/'));
}

/** Reads an autoscaler with the defaults of its kind. */
export function autoscalerOf(object: ClusterObject): Autoscaler {
  const spec = object.field.get('spec');
  const isKeda = object.kind === 'ScaledObject';
  const minField = spec.get(isKeda ? 'minReplicaCount' : 'minReplicas');
  const maxField = spec.get(isKeda ? 'maxReplicaCount' : 'maxReplicas');
  const min = minField.amount() ?? (isKeda ? 0 : 1);
  return {
    ...object,
    target: targetReferenceOf(spec.get('scaleTargetRef')),
    min,
    max: maxField.amount() ?? (isKeda ? 100 : min),
    minField,
    maxField,
    hasMetrics: spec.get(isKeda ? 'triggers' : 'metrics').items().length > 0 || spec.get('targetCPUUtilizationPercentage').exists
      || (!isKeda && !spec.get('metrics').exists),
  };
}

/** Reads a reference to an object of the same namespace; KEDA's names a Deployment where it says no kind. */
export function targetReferenceOf(field: Field): TargetReference {
  return {
    field,
    apiVersion: field.get('apiVersion').string() ?? 'apps/v1',
    kind: field.get('kind').string() ?? 'Deployment',
    name: field.get('name').string() ?? '',
  };
}
