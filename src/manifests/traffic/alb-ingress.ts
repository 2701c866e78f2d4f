import { IngressVariant, renderDnsTtl, renderIngressRules } from './ingress';
import type { Planned } from '../../plan/planned-service';
import type { PlannedAwsLoadBalancer } from '../../plan/traffic/planned-traffic';
import { Protocol } from '../../spec/protocol';
import { Manifest, metadataOf, withoutAbsent } from '../manifest';

const PREFIX = 'alb.ingress.kubernetes.io';
const PROTOCOL_VERSIONS: Record<Protocol, string | undefined> = {
  [Protocol.HTTP]: undefined, [Protocol.HTTP2]: 'HTTP2', [Protocol.GRPC]: 'GRPC',
};

/** Renders the Ingress from which the AWS Load Balancer Controller makes an Application Load Balancer. */
export function renderAlbIngress(planned: Planned, traffic: PlannedAwsLoadBalancer, variant: IngressVariant = {}): Manifest {
  const annotations = {
    ...traffic.annotations,
    ...prefixed({ ...loadBalancerAnnotations(traffic), ...targetAnnotations(planned, traffic), ...healthAnnotations(traffic) }),
    ...renderDnsTtl(traffic.hosts, traffic.dnsTtl),
    ...variant.annotations,
  };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadataOf(planned, annotations, { name: `${planned.spec.name}-alb` }),
    spec: { ingressClassName: traffic.ingressClassName, rules: renderIngressRules(planned, traffic.hosts, traffic.path, variant) },
  };
}

function loadBalancerAnnotations(traffic: PlannedAwsLoadBalancer) {
  const hasTls = traffic.certificateArn !== undefined;
  return {
    'scheme': traffic.isInternetFacing ? 'internet-facing' : 'internal',
    'group.name': traffic.group,
    'certificate-arn': traffic.certificateArn,
    'listen-ports': hasTls ? '[{"HTTP":80},{"HTTPS":443}]' : undefined,
    'ssl-redirect': hasTls ? '443' : undefined,
    'load-balancer-attributes': `idle_timeout.timeout_seconds=${traffic.idleTimeout}`,
  };
}

function targetAnnotations({ spec }: Planned, traffic: PlannedAwsLoadBalancer) {
  return {
    // Pods themselves are the targets: only then is there a readiness gate, and stickiness reaches a pod.
    'target-type': 'ip',
    'backend-protocol-version': PROTOCOL_VERSIONS[spec.protocol],
    'target-group-attributes': [
      `deregistration_delay.timeout_seconds=${traffic.deregistrationDelay}`,
      ...(traffic.slowStart === undefined ? [] : [`slow_start.duration_seconds=${traffic.slowStart}`]),
      ...(traffic.stickinessSeconds === undefined ? [] : [
        'stickiness.enabled=true',
        'stickiness.type=lb_cookie',
        `stickiness.lb_cookie.duration_seconds=${traffic.stickinessSeconds}`,
      ]),
    ].join(','),
  };
}

function healthAnnotations({ health }: PlannedAwsLoadBalancer) {
  return {
    'healthcheck-protocol': health.protocol === 'HTTPS' ? 'HTTPS' : undefined,
    'healthcheck-path': health.path,
    'healthcheck-port': health.port === undefined ? undefined : String(health.port),
    'healthcheck-interval-seconds': String(health.interval),
    'healthcheck-timeout-seconds': String(health.timeout),
    'healthy-threshold-count': String(health.healthyThreshold),
    'unhealthy-threshold-count': String(health.unhealthyThreshold),
    'success-codes': health.successCodes,
  };
}

function prefixed(annotations: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(withoutAbsent(annotations)).map(([key, value]) => [`${PREFIX}/${key}`, value as string]));
}
