import { autoscalerOf, isAutoscaler, type Autoscaler } from './autoscaler';
import { gatewayRouteOf, isGatewayRoute, type GatewayRoute } from './gateway-route';
import { groupOf, identityOf, type ClusterObject } from './identity';
import { ingressOf, type Ingress } from './ingress';
import { destinationRuleOf, isIstioNetworking, virtualServiceOf, type DestinationRule, type VirtualService } from './istio';
import { podDisruptionBudgetOf, type PodDisruptionBudget } from './pod-disruption-budget';
import { serviceOf, type Service } from './service';
import { isWorkload, workloadOf, type Workload } from './workload';
import { Field } from '../reading/field';
import type { InputProblem } from '../reading/input-problem';
import type { ReadObject } from '../reading/read-object';
import { problemOf } from '../reading/wrong-field';

/** Objects as one cluster would hold them, read into the types that checks and the verifier use. */
export interface Cluster {
  /** Every object, known or not. */
  readonly objects: readonly ClusterObject[];
  /** How many objects are of kinds that nothing here reads. */
  readonly unknown: number;
  readonly workloads: readonly Workload[];
  readonly services: readonly Service[];
  readonly ingresses: readonly Ingress[];
  readonly gatewayRoutes: readonly GatewayRoute[];
  readonly virtualServices: readonly VirtualService[];
  readonly destinationRules: readonly DestinationRule[];
  readonly budgets: readonly PodDisruptionBudget[];
  readonly autoscalers: readonly Autoscaler[];
  /** Objects of kinds without a type of their own, for example `Secret`, `Namespace`, `Canary`. */
  readonly ofKind: (kind: string) => readonly ClusterObject[];
  readonly find: (kind: string, namespace: string, name: string) => ClusterObject | undefined;
}

/** A cluster, or what kept some of its objects from being read. */
export interface ClusterReading {
  readonly cluster: Cluster;
  readonly problems: readonly InputProblem[];
}

/** Kinds that are read without a type of their own. */
const ALSO_READ = new Set(['ConfigMap', 'Secret', 'Namespace', 'IngressClass', 'Canary', 'AnalysisTemplate', 'ClusterAnalysisTemplate', 'Pod',
  'TargetGroupBinding', 'MetricTemplate', 'ResourceQuota', 'Gateway', 'IngressClassParams']);

/** Reads objects into a cluster. `namespace` is where objects go that name none. */
export function clusterOf(objects: readonly ReadObject[], namespace = 'default'): ClusterReading {
  const problems: InputProblem[] = [];
  const read = <T>(items: readonly ClusterObject[], reader: (object: ClusterObject) => T): T[] => items.flatMap((item) => {
    try {
      return [reader(item)];
    } catch (error) {
      problems.push(problemOf(error));
      return [];
    }
  });
  const identified = objects.flatMap((object) => read([{ field: Field.of(object) } as ClusterObject], ({ field }) => identityOf(field, namespace)));
  const byKind = grouped(identified, ({ kind }) => kind);
  const ofKind = (kind: string) => byKind.get(kind) ?? [];
  const inGroup = (kind: string, group: string) => ofKind(kind).filter((object) => groupOf(object) === group);
  const byName = new Map(identified.map((object) => [keyOf(object.kind, object.namespace, object.name), object]));
  const find = (kind: string, inNamespace: string, name: string) => byName.get(keyOf(kind, inNamespace, name));
  const classes = new Map(ofKind('IngressClass').map(({ name, field }) => [name, field.get('spec', 'controller').string() ?? '']));
  const istio = (kind: string) => ofKind(kind).filter(isIstioNetworking);
  const typed = {
    workloads: read(identified.filter(isWorkload), (object) => workloadOf(object, templateReferredBy(object, find))),
    services: read(inGroup('Service', ''), serviceOf),
    ingresses: read(inGroup('Ingress', 'networking.k8s.io'), (object) => ingressOf(object, classes)),
    gatewayRoutes: read(identified.filter(isGatewayRoute), gatewayRouteOf),
    virtualServices: read(istio('VirtualService'), virtualServiceOf),
    destinationRules: read(istio('DestinationRule'), destinationRuleOf),
    budgets: read(inGroup('PodDisruptionBudget', 'policy'), podDisruptionBudgetOf),
    autoscalers: read(identified.filter(isAutoscaler), autoscalerOf),
  };
  const known = Object.values(typed).reduce((sum, list) => sum + list.length, 0) + identified.filter(({ kind }) => ALSO_READ.has(kind)).length;
  return { cluster: { objects: identified, unknown: Math.max(0, identified.length - known - problems.length), ofKind, find, ...typed }, problems };
}

function keyOf(kind: string, namespace: string, name: string): string {
  return `${kind}\u0000${namespace}\u0000${name}`;
}

function grouped<T>(items: readonly T[], keyFrom: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyFrom(item);
    const group = groups.get(key);
    if (group) {
      group.push(item);
    } else {
      groups.set(key, [item]);
    }
  }
  return groups;
}

/** The template of the Deployment that an Argo Rollout takes over. */
function templateReferredBy(object: ClusterObject, find: Cluster['find']): Field | undefined {
  const reference = object.field.get('spec', 'workloadRef');
  const referred = find(reference.get('kind').string() ?? 'Deployment', object.namespace, reference.get('name').string() ?? '');
  return referred?.field.get('spec', 'template');
}
