import type { Cluster } from './cluster';
import { rollingCounts } from './counts';
import type { Strategy } from '../workload-model';

type RollingUpdate = Extract<Strategy, { kind: 'rollingUpdate' }>;

/**
 * One step of a Deployment's controller: it first adds new pods, as far as the surge allows, then takes away old ones that do not
 * work, then old ones that do, as far as enough pods stay available. Terminating pods count for nothing.
 *
 * @returns whether there was anything to do
 */
export function syncRollingUpdate(cluster: Cluster, { maxSurge, maxUnavailable }: RollingUpdate): boolean {
  const { desired, target, replicas } = cluster;
  const { surge, unavailable } = rollingCounts(maxSurge, maxUnavailable, replicas);
  const total = sum(desired);
  const wanted = desired[target] ?? 0;
  const next = wanted > replicas ? replicas : wanted + Math.max(0, Math.min(replicas + surge - total, replicas - wanted));
  if (next !== desired[target]) {
    desired[target] = next;
    return true;
  }
  const leastAvailable = replicas - unavailable;
  const unavailableNew = Math.max(0, wanted - cluster.available(target));
  const removable = total - leastAvailable - unavailableNew;
  if (removable > 0 && desired.some((pods, version) => version !== target && pods > 0 && cluster.available(version) > pods)) {
    // Its ReplicaSet has yet to follow: the real controller refuses a sum that does not come out, and tries again.
    return false;
  }
  const broken = removeOld(cluster, removable, (version) => desired[version] - cluster.available(version));
  const working = removable > 0 ? removeOld(cluster, cluster.available() - leastAvailable, (version) => desired[version]) : 0;
  return broken + working > 0;
}

function removeOld({ desired, target }: Cluster, most: number, from: (version: number) => number): number {
  let removed = 0;
  for (let version = 0; version < desired.length; version += 1) {
    const pods = version === target ? 0 : Math.max(0, Math.min(most - removed, from(version), desired[version]));
    desired[version] -= pods;
    removed += pods;
  }
  return removed;
}

/**
 * An autoscaler's change amid a release leaves every version its part of all pods that there may be, rounded; what is left over goes
 * to the version that has most. `before` is how many replicas were asked for until now.
 */
export function scaleInProportion(cluster: Cluster, { maxSurge, maxUnavailable }: RollingUpdate, before: number): void {
  const { desired, replicas } = cluster;
  const most = (pods: number) => pods + rollingCounts(maxSurge, maxUnavailable, pods).surge;
  const change = most(replicas) - sum(desired);
  const sizes = desired.map((pods, version) => ({ pods, version })).filter(({ pods }) => pods > 0).sort((one, other) => other.pods - one.pods);
  if (sizes.length < 2) {
    return;
  }
  let left = change;
  for (const { pods, version } of sizes) {
    const share = Math.round(pods * most(replicas) / most(before)) - pods;
    const part = change > 0 ? Math.max(0, Math.min(share, left)) : Math.min(0, Math.max(share, left));
    desired[version] += part;
    left -= part;
  }
  desired[sizes[0].version] = Math.max(0, desired[sizes[0].version] + left);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
