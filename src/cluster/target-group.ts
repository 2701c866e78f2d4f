import { annotationsOf, type ClusterObject } from './identity';
import { ALB_PREFIX } from './ingress';
import type { Service } from './service';
import { NLB_PREFIX } from './target-type';
import type { ClusterWayIn } from './ways-in';
import type { Field } from '../reading/field';

/** AWS' default of deregistration_delay.timeout_seconds. */
export const DEFAULT_DEREGISTRATION_DELAY_SECONDS = 300;
/** AWS' default of an Application Load Balancer's idle_timeout.timeout_seconds. */
export const DEFAULT_ALB_IDLE_TIMEOUT_SECONDS = 60;
/** The readiness gates that the AWS Load Balancer Controller adds begin so. */
export const GATE_PREFIX = 'target-health.elbv2.k8s.aws/';
/** Label of a namespace by which the AWS Load Balancer Controller adds readiness gates to its pods. */
export const GATE_LABEL = 'elbv2.k8s.aws/pod-readiness-gate-inject';

/** An attribute of a target group or load balancer, and where it is, or would be, written. */
export interface Attribute {
  readonly object: ClusterObject;
  /** The annotation that names it, written or not. */
  readonly field: Field;
  /** Nothing where the annotation does not name it: AWS' default then holds. */
  readonly value?: string;
}

/** An attribute of the target group for a Service behind an Ingress: the Service's annotation takes the place of the Ingress', whatever it names. */
export function targetGroupAttribute(ingress: ClusterObject, service: Service, name: string): Attribute {
  const annotation = `${ALB_PREFIX}target-group-attributes`;
  return attributeOf(annotationsOf(service).has(annotation) ? service : ingress, annotation, name);
}

/** The same of whichever load balancer of AWS a way in leads through. */
export function targetGroupAttributeOf({ path, service, through }: ClusterWayIn, name: string): Attribute {
  return path === 'networkLoadBalancer' ? attributeOf(service, `${NLB_PREFIX}target-group-attributes`, name) : targetGroupAttribute(through, service, name);
}

/** The attribute of the load balancer itself. */
export function loadBalancerAttribute({ path, service, through }: ClusterWayIn, name: string): Attribute {
  return path === 'networkLoadBalancer'
    ? attributeOf(service, `${NLB_PREFIX}attributes`, name)
    : attributeOf(through, `${ALB_PREFIX}load-balancer-attributes`, name);
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
