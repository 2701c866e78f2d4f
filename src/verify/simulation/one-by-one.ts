import type { Cluster } from './cluster';
import { statefulUnavailable } from './counts';
import { isTerminating } from './pod';
import type { Strategy } from '../workload-model';

/**
 * One step of a StatefulSet's controller: a name is given again only once its pod has gone, and pods are replaced from the highest
 * number down while few enough are unavailable.
 *
 * @returns whether there was anything to do
 */
export function syncOneByOne(cluster: Cluster, { maxUnavailable }: Extract<Strategy, { kind: 'oneByOne' }>): boolean {
  return addMissing(cluster) || removeSurplus(cluster) || replaceOutdated(cluster, statefulUnavailable(maxUnavailable, cluster.replicas));
}

function addMissing(cluster: Cluster): boolean {
  const taken = new Set(cluster.pods.map(({ ordinal }) => ordinal));
  const missing = Array.from({ length: cluster.replicas }, (_, ordinal) => ordinal).filter((ordinal) => !taken.has(ordinal));
  missing.forEach((ordinal) => cluster.create(cluster.target, ordinal));
  return missing.length > 0;
}

function removeSurplus(cluster: Cluster): boolean {
  const surplus = cluster.pods.filter(({ ordinal }) => ordinal >= cluster.replicas).sort((one, other) => other.ordinal - one.ordinal);
  if (surplus.length === 0 || surplus.some(isTerminating)) {
    return false;
  }
  cluster.delete(surplus[0]);
  return true;
}

function replaceOutdated(cluster: Cluster, most: number): boolean {
  const members = cluster.live().filter(({ ordinal }) => ordinal < cluster.replicas);
  const unavailable = cluster.replicas - members.filter(({ available }) => available).length;
  const outdated = members.filter(({ version }) => version !== cluster.target).sort((one, other) => other.ordinal - one.ordinal);
  if (outdated.length === 0 || unavailable >= most) {
    return false;
  }
  cluster.delete(outdated[0]);
  return true;
}
