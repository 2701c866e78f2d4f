import type { Container } from '../../cluster/container';
import { runningContainersOf } from '../../cluster/pod-template';
import type { PreStop } from '../../cluster/pre-stop';
import type { Service, ServicePort } from '../../cluster/service';
import { servingContainersOf } from '../../cluster/serving';
import type { Workload } from '../../cluster/workload';
import type { RuleContext } from '../rule';
import { hookHoldingBack } from '../shutdown';

/** A workload that is sent requests, and the containers that answer them. */
export interface Served {
  readonly workload: Workload;
  /** The Services by which requests come. Those that only show metrics are none of them. */
  readonly services: readonly Service[];
  readonly containers: readonly Container[];
  /** Whether the containers declare the ports that Services target; otherwise they are the likeliest ones. */
  readonly isCertain: boolean;
}

/** A monitoring system asks every pod by its own address, and repeats what it misses. */
const SCRAPED = /metrics|^prom(?:etheus)?$|monitoring/;

/** All workloads that are sent requests. The template that a Rollout borrows is judged where it stands. */
export function servedOf({ cluster, relations }: RuleContext): readonly Served[] {
  return cluster.workloads.filter(({ field }) => !field.get('spec', 'workloadRef').exists).flatMap((workload) => {
    const services = relations.servicesOf(workload).filter(({ type, ports }) => type !== 'ExternalName' && ports.some(isForRequests));
    if (services.length === 0) {
      return [];
    }
    const targets = services.flatMap(({ ports }) => ports.filter(isForRequests).map(({ targetPort }) => targetPort));
    const declaring = runningContainersOf(workload.template).filter((container) => targets.some((target) => declares(container, target)));
    const isCertain = declaring.length > 0;
    return [{ workload, services, isCertain, containers: isCertain ? declaring : servingContainersOf(relations, workload) }];
  });
}

/** Whether a container declares a port by its number or name. */
export function declares({ ports }: Container, port: number | string): boolean {
  return ports.some(({ containerPort, name }) => containerPort === port || name === port);
}

/** The containers that run beside those that answer requests. */
export function containersBeside({ workload, containers }: Served): readonly Container[] {
  return runningContainersOf(workload.template).filter((container) => !containers.includes(container));
}

/** A container that answers requests, and the hook that holds SIGTERM back from it. */
export interface EndingContainer extends Served {
  readonly container: Container;
  readonly hook?: PreStop;
}

/**
 * The containers that answer requests, each with its hook, where a hook can save requests: not where the only pod has to be gone
 * before its successor is made, because then nobody answers for a while whatever the hook does.
 */
export function endingContainersOf(context: RuleContext): readonly EndingContainer[] {
  return servedOf(context).filter(({ workload }) => isEverRelieved(context, workload)).flatMap((served) =>
    served.containers.map((container) => ({ ...served, container, hook: hookHoldingBack(container, served.workload.template) })));
}

/** Whether another pod may answer while one is replaced. The only pod of a StatefulSet has to be gone before its successor is made. */
export function isEverRelieved({ relations }: RuleContext, workload: Workload): boolean {
  const { kind, strategy } = workload;
  const endsFirst = kind === 'StatefulSet' || strategy.type === 'Recreate' || strategy.type === 'OnDelete';
  return kind === 'DaemonSet' || !endsFirst || relations.replicasOf(workload).max > 1;
}

function isForRequests({ name, targetPort }: ServicePort): boolean {
  return !SCRAPED.test(name ?? '') && !SCRAPED.test(String(targetPort));
}
