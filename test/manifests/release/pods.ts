import type { ClusterState, Found } from './native';
import { destinationsIn } from './routed';

type Labels = Readonly<Record<string, string>>;

/**
 * The pods of a cluster as its controllers keep them. `needed` is how many the whole load needs; an autoscaler removes those that
 * the version's share does not need, unless it is told not to.
 */
export class Pods {
  private readonly ready = new Map<string, number>();

  constructor(private readonly needed: number) {}

  /** Lets every controller act, until nothing changes any more. */
  settle(state: ClusterState): void {
    for (const deployment of state.ofKind('Deployment')) {
      this.ready.set(deployment.metadata.name, this.settled(state, deployment));
    }
  }

  /** The ready pods that carry some labels. */
  readyWith(state: ClusterState, selector: Labels): number {
    return state.ofKind('Deployment').filter(({ spec }) => matches(selector, spec.template.metadata.labels))
      .reduce((sum, { metadata }) => sum + (this.ready.get(metadata.name) ?? 0), 0);
  }

  private settled(state: ClusterState, { metadata: { name }, spec }: Found): number {
    if (spec.replicas !== undefined) {
      return spec.replicas;
    }
    const scaler = state.ofKind('HorizontalPodAutoscaler', 'ScaledObject').find((each) => each.spec.scaleTargetRef.name === name);
    if (!scaler || scaler.metadata.annotations?.['autoscaling.keda.sh/paused-replicas'] === '0') {
      // What Kubernetes makes of a number that is not written.
      return 1;
    }
    const min = scaler.spec.minReplicas ?? scaler.spec.minReplicaCount;
    const max = scaler.spec.maxReplicas ?? scaler.spec.maxReplicaCount;
    const behavior = scaler.spec.behavior ?? scaler.spec.advanced.horizontalPodAutoscalerConfig.behavior;
    const wanted = Math.min(max, Math.max(min, Math.ceil(this.needed * shareOf(state, spec.template.metadata.labels))));
    const isHeld = behavior.scaleDown.selectPolicy === 'Disabled';
    return isHeld ? Math.max(wanted, this.ready.get(name) ?? 0) : wanted;
  }
}

/** The least share that any router sends to pods with these labels; of none where no route is there. */
function shareOf(state: ClusterState, labels: Labels): number {
  const main = destinationsIn(state).filter(({ isMain }) => isMain);
  const ofService = state.find('Service', 'payments')?.spec.selector;
  if (main.length === 0) {
    return ofService && matches(ofService, labels) ? 1 : 0;
  }
  const shares = [...new Set(main.map(({ route }) => route))].map((route) => main
    .filter((each) => each.route === route && each.selector && matches(each.selector, labels))
    .reduce((sum, { weight }) => sum + weight, 0) / 100);
  return Math.min(1, ...shares);
}

export function matches(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}
