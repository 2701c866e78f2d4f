import type { Planned } from '../../plan/planned-service';
import type { PlannedAwsLoadBalancer } from '../../plan/traffic/planned-traffic';
import { Protocol } from '../../spec/protocol';
import { withoutAbsent } from '../manifest';

const PROTOCOL_VERSIONS: Record<Protocol, string> = { [Protocol.HTTP]: 'HTTP1', [Protocol.HTTP2]: 'HTTP2', [Protocol.GRPC]: 'GRPC' };

/** Renders what a target group is made of, in the words of the Terraform provider for AWS: what the controller makes of the Ingress' annotations. */
export function renderTargetGroup({ spec }: Planned, traffic: PlannedAwsLoadBalancer) {
  const { deregistrationDelay, slowStart, stickinessSeconds, health } = traffic;
  return {
    // Pods themselves are the targets: only then is there a readiness gate, and stickiness reaches a pod.
    targetType: 'ip',
    // Each target has a port of its own; this one counts for none, and another would replace the group with all its targets.
    port: 80,
    protocol: 'HTTP',
    protocolVersion: PROTOCOL_VERSIONS[spec.protocol],
    deregistrationDelay,
    slowStart: slowStart ?? 0,
    stickiness: stickinessSeconds === undefined ? { enabled: false, type: 'lb_cookie' }
      : { enabled: true, type: 'lb_cookie', cookieDuration: stickinessSeconds },
    healthCheck: withoutAbsent({
      enabled: true,
      protocol: health.protocol,
      path: health.path,
      port: health.port === undefined ? 'traffic-port' : String(health.port),
      interval: health.interval,
      timeout: health.timeout,
      healthyThreshold: health.healthyThreshold,
      unhealthyThreshold: health.unhealthyThreshold,
      matcher: health.successCodes,
    }),
  };
}
