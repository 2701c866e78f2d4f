import type { Cluster } from '../../cluster/cluster';

/** Whether an object of this kind and name says no namespace: whoever applies it decides, so it may be in any. */
export function isUnplaced(cluster: Cluster, kind: string, name: string): boolean {
  return cluster.ofKind(kind).some((object) => object.name === name && !object.field.get('metadata', 'namespace').string());
}
