import type { Cluster } from './cluster';
import { annotationsOf } from './identity';
import { ALB_PREFIX, type Ingress } from './ingress';
import type { Service } from './service';

/** How a load balancer of AWS finds pods: by their addresses, or by way of every node. */
export type TargetType = 'ip' | 'instance';

/** Prefix of the AWS Load Balancer Controller's annotations of Services. */
export const NLB_PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';

/** How an Application Load Balancer finds the pods of a Service. */
export function targetTypeOf(cluster: Cluster, ingress: Ingress, service?: Service): TargetType {
  const annotation = `${ALB_PREFIX}target-type`;
  const ofService = service && annotationsOf(service).get(annotation);
  return (ofService ?? ingress.annotations.get(annotation) ?? targetTypeOfClass(cluster, ingress)) === 'ip' ? 'ip' : 'instance';
}

function targetTypeOfClass(cluster: Cluster, { className }: Ingress): string | undefined {
  const parameters = cluster.find('IngressClass', '', className ?? '')?.field.get('spec', 'parameters', 'name').string();
  return cluster.find('IngressClassParams', '', parameters ?? '')?.field.get('spec', 'targetType').string();
}

const NLB_TYPES = ['external', 'nlb', 'nlb-ip'];

/** Whether a Service has a Network Load Balancer of AWS. */
export function isNetworkLoadBalancer(service: Service): boolean {
  const type = annotationsOf(service).get(`${NLB_PREFIX}type`);
  return service.type === 'LoadBalancer'
    && (NLB_TYPES.includes(type ?? '') || service.field.get('spec', 'loadBalancerClass').string() === 'service.k8s.aws/nlb');
}

/** How a Network Load Balancer finds the pods of its Service. */
export function nlbTargetTypeOf(service: Service): TargetType {
  const annotations = annotationsOf(service);
  return annotations.get(`${NLB_PREFIX}nlb-target-type`) === 'ip' || annotations.get(`${NLB_PREFIX}type`) === 'nlb-ip' ? 'ip' : 'instance';
}
