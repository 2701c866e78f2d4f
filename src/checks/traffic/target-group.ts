import type { Cluster } from '../../cluster/cluster';
import { annotationsOf, type ClusterObject } from '../../cluster/identity';
import { ALB_PREFIX, type Ingress } from '../../cluster/ingress';
import type { Service } from '../../cluster/service';
import type { TargetType } from '../../cluster/ways-in';
import type { Field } from '../../reading/field';

/** Prefix of the AWS Load Balancer Controller's annotations of Services. */
export const NLB_PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';

/** The readiness gates that the AWS Load Balancer Controller adds begin so. */
export const GATE_PREFIX = 'target-health.elbv2.k8s.aws/';

/** The delay of a target group that says none. */
export const DEFAULT_DEREGISTRATION_SECONDS = 300;

/** An attribute of a target group or load balancer, and where it is, or would be, written. */
export interface Attribute {
  readonly object: ClusterObject;
  readonly field: Field;
  readonly value?: string;
}

/** An attribute of the target group for a Service behind an Ingress: the Service's annotation takes the place of the Ingress's. */
export function targetGroupAttribute(ingress: ClusterObject, service: Service, name: string): Attribute {
  const annotation = `${ALB_PREFIX}target-group-attributes`;
  return attributeOf(annotationsOf(service).has(annotation) ? service : ingress, annotation, name);
}

/** An attribute in an annotation of the form `name=value,name=value`. */
export function attributeOf(object: ClusterObject, annotation: string, name: string): Attribute {
  const pairs = (annotationsOf(object).get(annotation) ?? '').split(',').map((pair) => pair.split('=').map((part) => part.trim()));
  return { object, field: object.field.get('metadata', 'annotations', annotation), value: pairs.find(([key]) => key === name)?.[1] };
}

/** A whole number of seconds, or nothing where the text is none. */
export function secondsIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

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

/** Whether the AWS Load Balancer Controller makes a Network Load Balancer for a Service. */
export function isNetworkLoadBalancer(service: Service): boolean {
  const type = annotationsOf(service).get(`${NLB_PREFIX}type`);
  return service.type === 'LoadBalancer' && (type === 'external' || type === 'nlb-ip'
    || service.field.get('spec', 'loadBalancerClass').string() === 'service.k8s.aws/nlb');
}

/** How a Network Load Balancer finds the pods of its Service. */
export function nlbTargetTypeOf(service: Service): TargetType {
  const annotations = annotationsOf(service);
  return annotations.get(`${NLB_PREFIX}nlb-target-type`) === 'ip' || annotations.get(`${NLB_PREFIX}type`) === 'nlb-ip' ? 'ip' : 'instance';
}
