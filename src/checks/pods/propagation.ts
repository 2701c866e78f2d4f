import { propagationKey } from '../../assumptions/known-assumptions';
import type { ClusterObject } from '../../cluster/identity';
import type { ClusterWayIn } from '../../cluster/ways-in';
import type { RuleContext } from '../rule';
import type { Served } from './served';

/** How long requests go on coming to a pod after its deletion. */
export interface Propagation {
  readonly seconds: number;
  /** The object by which they come for longest. */
  readonly through: ClusterObject;
  /** The assumption that says so. */
  readonly key: string;
}

/** The slowest of the ways in to a workload's pods. */
export function slowestPropagationOf({ assumptionsOf, waysInOf }: RuleContext, { workload, services }: Served): Propagation | undefined {
  const assumptions = assumptionsOf(workload);
  const governing = workload.field.get('spec', 'serviceName').value;
  // A StatefulSet must have a headless Service for its pods' names; where another Service is there, clients use that one.
  const hasAnother = services.some(({ isHeadless }) => !isHeadless);
  const isForNamesOnly = ({ service }: ClusterWayIn) => hasAnother && service.isHeadless && service.name === governing;
  return waysInOf(workload)
    .filter((way) => services.includes(way.service) && !isForNamesOnly(way))
    .map((way) => ({ key: keyOf(way), through: way.through }))
    .map(({ key, through }) => ({ key, through, seconds: assumptions.numberOf(key) }))
    .reduce<Propagation | undefined>((slowest, way) => slowest === undefined || way.seconds > slowest.seconds ? way : slowest, undefined);
}

/** Where a load balancer sends to nodes, it is kube-proxy that finds the pod. */
function keyOf({ path, targetType }: ClusterWayIn): string {
  return propagationKey(targetType === 'instance' ? 'clusterInternal' : path);
}
