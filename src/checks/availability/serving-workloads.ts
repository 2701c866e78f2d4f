import type { Cluster } from '../../cluster/cluster';
import { flaggerCanariesOf, targetOf } from '../../cluster/flagger-canary';
import type { Relations } from '../../cluster/relations';
import { isRouted } from '../../cluster/serving';
import type { Workload } from '../../cluster/workload';

/**
 * The workloads whose pods answer requests, by way of a Service that is written or of one that Flagger makes. A Deployment that a
 * Rollout has taken over has none of its own.
 */
export function servingWorkloads(relations: Relations): readonly Workload[] {
  const released = releasedByFlagger(relations);
  return relations.cluster.workloads.filter((workload) => (isRouted(relations, workload) || released.has(workload)) && !isOff(relations, workload)
    && relations.takenOverBy(workload) === undefined);
}

/** The workloads whose pods stand in for others': Flagger makes a copy of them that serves between releases. */
export function releasedByFlagger(relations: Relations): ReadonlySet<Workload> {
  const targets = flaggerCanariesOf(relations.cluster).map((canary) => targetOf(relations, canary));
  return new Set(targets.filter((target): target is Workload => target !== undefined));
}

/** Whether a workload is written to have no pods, and nothing changes that. */
export function isOff(relations: Relations, workload: Workload): boolean {
  return workload.replicas === 0 && relations.autoscalersOf(workload).length === 0;
}

/** The pods that a workload keeps at least and at most while it is on; nothing for a DaemonSet, whose nodes decide. */
export function podsKeptBy(relations: Relations, workload: Workload): { readonly min: number; readonly max: number } | undefined {
  if (workload.kind === 'DaemonSet') {
    return undefined;
  }
  const { min, max } = relations.replicasOf(workload);
  return isOff(relations, workload) ? { min: 0, max: 0 } : { min: Math.max(1, min), max: Math.max(1, max) };
}

/** Whether anything but the objects of `kind` in a namespace was read there: then what is not among them is missing. */
export function isRead(cluster: Cluster, kind: string, namespace: string): boolean {
  return cluster.ofKind(kind).some((object) => object.namespace === namespace);
}
