import type { IndexedStep } from './release-index';
import { isRoute } from './route-shares';
import { trackOf } from './tracks';
import { autoscalerOf, isAutoscaler } from '../cluster/autoscaler';
import { groupOf, type ClusterObject } from '../cluster/identity';

/** A Deployment of a step. */
export interface TrackedDeployment {
  readonly object: ClusterObject;
  readonly track: string;
  /** The pods that it shall have at the least; 0 removes all, nothing leaves the number to whoever scales it. */
  readonly pods?: number;
}

/** One step of a release: the objects of one file. */
export interface ReleaseStep {
  /** Such as `02-canary-5-weights`. */
  readonly name: string;
  /** How long it must have been in effect before pods are removed, in seconds. */
  readonly seconds: number;
  readonly deployments: readonly TrackedDeployment[];
  readonly routes: readonly ClusterObject[];
  /** Autoscalers and disruption budgets. */
  readonly beside: readonly ClusterObject[];
  /** What else there is, which nothing but `kubectl apply` puts there: Services, ConfigMaps. */
  readonly others: readonly ClusterObject[];
}

/** Sorts the objects of one file. */
export function stepOf({ id, seconds }: IndexedStep, objects: readonly ClusterObject[]): ReleaseStep {
  const beside = objects.filter((object) => isAutoscaler(object) || (object.kind === 'PodDisruptionBudget' && groupOf(object) === 'policy'));
  const routes = objects.filter(isRoute);
  const deployments = objects.flatMap((object) => {
    const track = object.kind === 'Deployment' && groupOf(object) === 'apps' ? trackOf(object) : undefined;
    return track === undefined ? [] : [{ object, track, pods: podsOf(object, beside) }];
  });
  const sorted = new Set([...beside, ...routes, ...deployments.map(({ object }) => object)]);
  return { name: id, seconds, deployments, routes, beside, others: objects.filter((object) => !sorted.has(object)) };
}

/** The replicas of the manifest, or what its autoscaler keeps at the least. */
function podsOf(deployment: ClusterObject, beside: readonly ClusterObject[]): number | undefined {
  const replicas = deployment.field.get('spec', 'replicas').amount();
  const autoscaler = beside.filter(isAutoscaler).map(autoscalerOf)
    .find(({ target }) => target.kind === 'Deployment' && target.name === deployment.name);
  return replicas ?? autoscaler?.min;
}
