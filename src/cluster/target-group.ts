import { annotationsOf } from './identity';
import { ALB_PREFIX, type Ingress } from './ingress';
import type { Service } from './service';
import type { ClusterWayIn } from './ways-in';
import type { Field } from '../reading/field';

/** AWS' default of deregistration_delay.timeout_seconds. */
export const DEFAULT_DEREGISTRATION_DELAY_SECONDS = 300;
/** AWS' default of an Application Load Balancer's idle_timeout.timeout_seconds. */
export const DEFAULT_ALB_IDLE_TIMEOUT_SECONDS = 60;

const NLB_PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';

/** Attributes of the target group or load balancer of one way in, with the annotation that says them. */
export interface Attribute {
  /** Nothing where the annotation does not name it: AWS' default then holds. */
  readonly value?: string;
  /** The annotation, written or not. */
  readonly field: Field;
}

/** The target group attribute of a load balancer of AWS. The Service's annotation takes the place of the Ingress', whatever it names. */
export function targetGroupAttribute({ path, service, through }: ClusterWayIn, name: string): Attribute {
  const annotation = `${path === 'networkLoadBalancer' ? NLB_PREFIX : ALB_PREFIX}target-group-attributes`;
  const ofService = path === 'networkLoadBalancer' || annotationsOf(service).has(annotation);
  return attributeOf(ofService ? service : through as Ingress, annotation, name);
}

/** The attribute of the load balancer itself. */
export function loadBalancerAttribute({ path, service, through }: ClusterWayIn, name: string): Attribute {
  return path === 'networkLoadBalancer'
    ? attributeOf(service, `${NLB_PREFIX}attributes`, name)
    : attributeOf(through as Ingress, `${ALB_PREFIX}load-balancer-attributes`, name);
}

/** The attribute's number of seconds, or AWS' default. */
export function secondsOfAttribute({ value }: Attribute, byDefault: number): number {
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : byDefault;
}

function attributeOf(object: Service | Ingress, annotation: string, name: string): Attribute {
  const pairs = (annotationsOf(object).get(annotation) ?? '').split(',').map((pair) => pair.split('=').map((part) => part.trim()));
  return {
    value: pairs.find(([key]) => key === name)?.[1],
    field: object.field.get('metadata', 'annotations', annotation),
  };
}
