import { targetReferenceOf, type TargetReference } from './autoscaler';
import type { Cluster } from './cluster';
import { groupOf, type ClusterObject } from './identity';
import type { Relations } from './relations';
import type { Workload } from './workload';
import type { Field } from '../reading/field';

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
