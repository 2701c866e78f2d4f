import { targetReferenceOf, type TargetReference } from '../../cluster/autoscaler';
import type { Cluster } from '../../cluster/cluster';
import { groupOf, type ClusterObject } from '../../cluster/identity';
import type { Relations } from '../../cluster/relations';
import type { Workload } from '../../cluster/workload';
import type { Field } from '../../reading/field';

/** Flagger's Canary. */
export interface FlaggerCanary extends ClusterObject {
  readonly target: TargetReference;
  /** The Service that Flagger makes and keeps; nothing where it makes none. */
  readonly apexService?: string;
  readonly provider?: string;
  readonly analysis: Field;
  readonly skipsAnalysis: boolean;
}

/** All Canaries of Flagger. */
export function flaggerCanariesOf(cluster: Cluster): readonly FlaggerCanary[] {
  return cluster.ofKind('Canary').filter((object) => groupOf(object) === 'flagger.app').map(canaryFrom);
}

function canaryFrom(object: ClusterObject): FlaggerCanary {
  const spec = object.field.get('spec');
  const target = targetReferenceOf(spec.get('targetRef'));
  const provider = spec.get('provider').string();
  // Knative has revisions instead of Services, and a Service that is the target itself belongs to whoever wrote it.
  const makesServices = provider !== 'knative' && target.kind !== 'Service';
  return {
    ...object,
    target,
    provider,
    apexService: makesServices ? spec.get('service', 'name').string() ?? target.name : undefined,
    analysis: spec.get('analysis'),
    skipsAnalysis: spec.get('skipAnalysis').boolean() ?? false,
  };
}

/** The workload that a Canary releases, where it is among those read. */
export function targetOf(relations: Relations, { namespace, target }: FlaggerCanary): Workload | undefined {
  return relations.workloadsIn(namespace).find(({ kind, name }) => kind === target.kind && name === target.name);
}

/** The labels that Flagger's -selector-labels names where nobody changes it, in the order in which it looks for them. */
const SELECTOR_LABELS = ['app', 'name', 'app.kubernetes.io/name'];

/** The labels of the pods that serve between releases: those of the target, with one of them renamed. */
export function primaryLabelsOf({ field, template }: Workload): ReadonlyMap<string, string> {
  const selected = field.get('spec', 'selector', 'matchLabels').stringMap();
  const key = SELECTOR_LABELS.find((label) => selected.has(label));
  return key === undefined ? template.labels : new Map([...template.labels, [key, `${selected.get(key)}-primary`]]);
}
