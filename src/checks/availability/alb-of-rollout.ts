import { albIngressesOf, servicePairsOf } from '../../cluster/argo-rollout';
import { targetTypeOf } from '../../cluster/target-type';
import type { Workload } from '../../cluster/workload';
import type { RuleContext } from '../rule';

/**
 * Whether the ALB of a Rollout sends requests to nodes, which stay its targets whatever becomes of pods. Not where its Ingress was
 * not read, which alone can say so. What the Ingress forwards to is written by Argo Rollouts, so the Services are the Rollout's.
 */
export function isOverNodes({ cluster, relations }: RuleContext, rollout: Workload): boolean {
  const ingresses = albIngressesOf(cluster, rollout);
  const services = servicePairsOf(rollout).flat().map((field) => relations.serviceNamed(rollout.namespace, field.string() ?? ''));
  return ingresses.length > 0 && ingresses.every((ingress) => services.every((service) => targetTypeOf(cluster, ingress, service) === 'instance'));
}
