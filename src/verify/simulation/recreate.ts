import type { Cluster } from './cluster';

/**
 * One step of a Deployment that recreates: no pod of the new version before the last of any other has gone.
 *
 * @returns whether there was anything to do
 */
export function syncRecreate({ desired, pods, target, replicas }: Cluster): boolean {
  const before = desired.join();
  for (let version = 0; version < desired.length; version += 1) {
    if (version !== target) {
      desired[version] = 0;
    }
  }
  if (pods.every(({ version }) => version === target)) {
    desired[target] = replicas;
  }
  return desired.join() !== before;
}
