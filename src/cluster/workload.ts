import type { Count } from './count';
import type { ClusterObject } from './identity';
import { labelSelectorOf, type LabelSelector } from './label-selector';
import { podTemplateOf, type PodTemplate } from './pod-template';
import type { Field } from '../reading/field';

/** The kinds of workload that make pods of one template and keep a number of them. */
export const WORKLOAD_KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout'] as const;
export type WorkloadKind = typeof WORKLOAD_KINDS[number];

/** Something that keeps a number of pods of one template: a Deployment, StatefulSet, DaemonSet, or an Argo Rollout. */
export interface Workload extends ClusterObject {
  readonly kind: WorkloadKind;
  /** Absent where nothing is written: Kubernetes then makes one, or leaves the number to an autoscaler. */
  readonly replicas?: number;
  readonly replicasField: Field;
  readonly selector: LabelSelector;
  readonly template: PodTemplate;
  readonly strategy: WorkloadStrategy;
  readonly minReadySeconds: number;
  /** Kubernetes' default of 600 filled in; nothing for kinds that have none. */
  readonly progressDeadlineSeconds?: number;
}

/** The update strategy, with the defaults of each kind filled in. */
export interface WorkloadStrategy {
  readonly field: Field;
  readonly type: 'RollingUpdate' | 'Recreate' | 'OnDelete' | 'canary' | 'blueGreen';
  readonly maxSurge: Count;
  readonly maxUnavailable: Count;
  readonly maxSurgeField: Field;
  readonly maxUnavailableField: Field;
}

/** Whether the object is a workload of a kind that is read. */
export function isWorkload(object: ClusterObject): boolean {
  const group = object.apiVersion.split('/')[0];
  return object.kind === 'Rollout' ? group === 'argoproj.io' : group === 'apps' && (WORKLOAD_KINDS as readonly string[]).includes(object.kind);
}

/** Reads a workload. An Argo Rollout with a workloadRef takes the template of the object that it refers to. */
export function workloadOf(object: ClusterObject, templateOfReferred?: Field): Workload {
  const spec = object.field.get('spec');
  const kind = object.kind as WorkloadKind;
  const written = spec.get('template');
  return {
    ...object,
    kind,
    replicas: spec.get('replicas').amount(),
    replicasField: spec.get('replicas'),
    selector: labelSelectorOf(spec.get('selector')),
    template: podTemplateOf(written.exists || !templateOfReferred ? written : templateOfReferred),
    strategy: strategyOf(kind, spec),
    minReadySeconds: spec.get('minReadySeconds').amount() ?? 0,
    progressDeadlineSeconds: kind === 'Deployment' || kind === 'Rollout' ? spec.get('progressDeadlineSeconds').amount() ?? 600 : undefined,
  };
}

function strategyOf(kind: WorkloadKind, spec: Field): WorkloadStrategy {
  switch (kind) {
    case 'Deployment': {
      const field = spec.get('strategy');
      const type = field.get('type').string() ?? 'RollingUpdate';
      return bounded(field, type === 'Recreate' ? 'Recreate' : 'RollingUpdate', field.get('rollingUpdate'), '25%', '25%');
    }
    case 'Rollout': {
      const field = spec.get('strategy');
      return field.get('blueGreen').exists
        ? bounded(field, 'blueGreen', field.get('blueGreen'), '100%', 0)
        : bounded(field, 'canary', field.get('canary'), '25%', '25%');
    }
    default: {
      const field = spec.get('updateStrategy');
      const type = field.get('type').string() ?? 'RollingUpdate';
      return bounded(field, type === 'OnDelete' ? 'OnDelete' : 'RollingUpdate', field.get('rollingUpdate'), 0, 1);
    }
  }
}

function bounded(field: Field, type: WorkloadStrategy['type'], bounds: Field, maxSurge: Count, maxUnavailable: Count): WorkloadStrategy {
  const maxSurgeField = bounds.get('maxSurge');
  const maxUnavailableField = bounds.get('maxUnavailable');
  return {
    field,
    type,
    maxSurge: maxSurgeField.count() ?? maxSurge,
    maxUnavailable: maxUnavailableField.count() ?? maxUnavailable,
    maxSurgeField,
    maxUnavailableField,
  };
}
