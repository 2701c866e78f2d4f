import type { Cluster } from './cluster';
import type { Ingress } from './ingress';
import type { Workload } from './workload';
import type { Field } from '../reading/field';

/** The kind and the name of the workload whose pod template a Rollout takes, and which it takes over. */
export function takenOverBy({ kind, field }: Workload): { readonly kind: string; readonly name: string } | undefined {
  const reference = field.get('spec', 'workloadRef');
  const name = reference.get('name').string();
  return kind === 'Rollout' && name !== undefined ? { kind: reference.get('kind').string() ?? 'Deployment', name } : undefined;
}

/** `spec.strategy.canary` of a Rollout. */
export function canaryOf({ field }: Workload): Field {
  return field.get('spec', 'strategy', 'canary');
}

/** `spec.strategy.blueGreen` of a Rollout. */
export function blueGreenOf({ field }: Workload): Field {
  return field.get('spec', 'strategy', 'blueGreen');
}

/** The fields of a Rollout that name Services whose selector its controller changes, in pairs that must not be one. */
export function servicePairsOf(rollout: Workload): readonly (readonly [Field, Field])[] {
  const canary = canaryOf(rollout);
  const blueGreen = blueGreenOf(rollout);
  return [
    [canary.get('stableService'), canary.get('canaryService')],
    [canary.get('pingPong', 'pingService'), canary.get('pingPong', 'pongService')],
    [blueGreen.get('activeService'), blueGreen.get('previewService')],
  ];
}

/**
 * The Ingresses whose ALB a Rollout routes by. What they forward to is written by Argo Rollouts when it releases, so the Services are
 * the Rollout's.
 */
export function albIngressesOf(cluster: Cluster, rollout: Workload): readonly Ingress[] {
  const alb = canaryOf(rollout).get('trafficRouting', 'alb');
  const names = [alb.get('ingress'), ...alb.get('ingresses').items()].map((field) => field.string());
  return cluster.ingresses.filter(({ namespace, name }) => namespace === rollout.namespace && names.includes(name));
}
