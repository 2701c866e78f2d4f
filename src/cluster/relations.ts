import { takenOverBy } from './argo-rollout';
import type { Autoscaler } from './autoscaler';
import type { Cluster } from './cluster';
import { objectText, type ClusterObject } from './identity';
import type { PodDisruptionBudget } from './pod-disruption-budget';
import { routesOf } from './routes';
import type { Service } from './service';
import type { Workload } from './workload';

/** Who has to do with whom, each relation worked out once. */
export class Relations {
  /** The Ingresses and routes that send requests to a Service. */
  readonly routesTo: ReturnType<typeof routesOf>;
  private readonly workloadsByNamespace: ReadonlyMap<string, readonly Workload[]>;
  private readonly servicesByName: ReadonlyMap<string, Service>;
  private readonly rollouts = new Map<string, Workload>();
  private readonly services = new Map<Workload, Service[]>();
  private readonly budgets = new Map<Workload, PodDisruptionBudget[]>();
  private readonly autoscalers = new Map<Workload, Autoscaler[]>();

  constructor(readonly cluster: Cluster) {
    this.routesTo = routesOf(cluster);
    const byNamespace = new Map<string, Workload[]>();
    cluster.workloads.forEach((workload) => add(byNamespace, workload.namespace, workload));
    this.workloadsByNamespace = byNamespace;
    cluster.workloads.forEach((workload) => {
      const taken = takenOverBy(workload);
      if (taken) {
        this.rollouts.set(keyOf(workload.namespace, taken), workload);
      }
    });
    this.servicesByName = new Map(cluster.services.map((service) => [`${service.namespace}/${service.name}`, service]));
    cluster.services.forEach((service) => this.workloadsOf(service).forEach((workload) => add(this.services, workload, service)));
    cluster.budgets.forEach((budget) => this.workloadsUnder(budget).forEach((workload) => add(this.budgets, workload, budget)));
    cluster.autoscalers.forEach((autoscaler) => {
      const workload = this.workloadScaledBy(autoscaler);
      if (workload) {
        add(this.autoscalers, workload, autoscaler);
      }
    });
  }

  /** The workloads whose pods a Service sends requests to. */
  workloadsOf({ namespace, selector }: Service): readonly Workload[] {
    return selector ? this.workloadsIn(namespace).filter(({ template }) => selector.matches(template.labels)) : [];
  }

  /** The Services that send requests to a workload's pods. */
  servicesOf(workload: Workload): readonly Service[] {
    return this.services.get(workload) ?? [];
  }

  /** The workloads whose pods a disruption budget covers. */
  workloadsUnder({ namespace, selector }: PodDisruptionBudget): readonly Workload[] {
    return selector ? this.workloadsIn(namespace).filter(({ template }) => selector.matches(template.labels)) : [];
  }

  /** The disruption budgets over a workload's pods. */
  budgetsOf(workload: Workload): readonly PodDisruptionBudget[] {
    return this.budgets.get(workload) ?? [];
  }

  /** The autoscalers that decide a workload's number of pods. */
  autoscalersOf(workload: Workload): readonly Autoscaler[] {
    return this.autoscalers.get(workload) ?? [];
  }

  /** The workload that an autoscaler targets, where it is among those read. */
  workloadScaledBy({ namespace, target }: Autoscaler): Workload | undefined {
    return this.workloadsIn(namespace).find(({ kind, name }) => kind === target.kind && name === target.name);
  }

  /** The Service of a name, where it is among those read. */
  serviceNamed(namespace: string, name: string): Service | undefined {
    return this.servicesByName.get(`${namespace}/${name}`);
  }

  /** The workloads of a namespace. */
  workloadsIn(namespace: string): readonly Workload[] {
    return this.workloadsByNamespace.get(namespace) ?? [];
  }

  /** The Rollout that has taken a workload over, whose pods are then the Rollout's. */
  takenOverBy(workload: Workload): Workload | undefined {
    return this.rollouts.get(keyOf(workload.namespace, workload));
  }

  /** The least and the most pods that a workload may be asked for. */
  replicasOf(workload: Workload): { readonly min: number; readonly max: number } {
    const [autoscaler] = this.autoscalersOf(workload);
    const written = workload.replicas ?? 1;
    return autoscaler ? { min: autoscaler.min, max: Math.max(autoscaler.min, autoscaler.max) } : { min: written, max: written };
  }
}

function keyOf(namespace: string, { kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${namespace}/${kind}/${name}`;
}

function add<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) {
    list.push(value);
  } else {
    lists.set(key, [value]);
  }
}

/** Objects as messages list them. */
export function objectsText(objects: readonly ClusterObject[]): string {
  return objects.map(objectText).join(', ');
}
