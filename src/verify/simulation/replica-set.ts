import type { Cluster } from './cluster';
import type { Pod } from './pod';

/**
 * What the ReplicaSets do: keep as many pods as they are to. What is not ready goes first; among equals any may go, for that depends
 * on nodes, costs and ages.
 *
 * @returns whether there was anything to do
 */
export function syncReplicaSets(cluster: Cluster): boolean {
  let acted = false;
  cluster.desired.forEach((desired, version) => {
    const live = cluster.live(version);
    for (let missing = desired - live.length; missing > 0; missing -= 1) {
      cluster.create(version);
      acted = true;
    }
    for (const pod of expendable(cluster, live).slice(0, Math.max(0, live.length - desired))) {
      cluster.delete(pod);
      acted = true;
    }
  });
  return acted;
}

function expendable(cluster: Cluster, live: readonly Pod[]): Pod[] {
  return live
    .map((pod) => ({ pod, rank: (pod.ready ? 1 : 0) + cluster.random.unit() / 2 }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ pod }) => pod);
}
