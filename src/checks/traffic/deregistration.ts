import { backendsOf } from '../../cluster/ingress';
import { type ClusterWayIn } from '../../cluster/ways-in';
import type { Workload } from '../../cluster/workload';
import type { RuleContext } from '../rule';
import { workloadsBehind } from './pods-behind';
import { DEFAULT_DEREGISTRATION_DELAY_SECONDS, secondsIn, targetGroupAttribute, type Attribute } from '../../cluster/target-group';
import { targetTypeOf } from '../../cluster/target-type';

/** How long an Application Load Balancer waits for a workload's pods that it drops. */
export interface Deregistration {
  readonly attribute: Attribute;
  readonly seconds: number;
  readonly workload: Workload;
  readonly path: ClusterWayIn['path'];
}

/** The deregistration of every workload that an Application Load Balancer knows by its pods' addresses. */
export function deregistrationsOf(context: RuleContext): readonly Deregistration[] {
  const { cluster, relations } = context;
  const all = cluster.ingresses.filter(({ controller }) => controller === 'alb').flatMap((ingress) => {
    const names = new Set(backendsOf(ingress).map(({ service }) => service));
    const services = [...names].flatMap((name) => relations.serviceNamed(ingress.namespace, name) ?? []);
    return services.filter((service) => targetTypeOf(cluster, ingress, service) === 'ip').flatMap((service) => {
      const attribute = targetGroupAttribute(ingress, service, 'deregistration_delay.timeout_seconds');
      const seconds = attribute.value === undefined ? DEFAULT_DEREGISTRATION_DELAY_SECONDS : secondsIn(attribute.value);
      return seconds === undefined ? [] : workloadsBehind(context, service)
        .map((workload) => ({ attribute, seconds, workload, path: 'awsLoadBalancer' as const }));
    });
  });
  // What a Service says is said once, however many Ingresses lead to it.
  return all.filter((one, index) => all.findIndex((other) => isSame(one, other)) === index);
}

function isSame(one: Deregistration, other: Deregistration): boolean {
  return one.workload === other.workload && one.attribute.object === other.attribute.object;
}
