import type { Planned } from '../../plan/planned-service';
import type { PlannedNetworkLoadBalancer } from '../../plan/traffic/planned-traffic';
import { Manifest, metadataOf, selectorOf, withoutAbsent } from '../manifest';
import { renderServicePort } from '../service';

const PREFIX = 'service.beta.kubernetes.io/aws-load-balancer';

/** Renders the Service from which the AWS Load Balancer Controller makes a Network Load Balancer. */
export function renderNetworkLoadBalancer(planned: Planned, traffic: PlannedNetworkLoadBalancer): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(planned, annotationsOf(traffic), { name: `${planned.spec.name}-nlb` }),
    spec: {
      type: 'LoadBalancer',
      loadBalancerClass: 'service.k8s.aws/nlb',
      // Pods are the targets; ports on every node would be held open for nothing.
      allocateLoadBalancerNodePorts: false,
      selector: selectorOf(planned),
      ports: [renderServicePort(planned, traffic.port)],
    },
  };
}

function annotationsOf(traffic: PlannedNetworkLoadBalancer): Record<string, string> {
  const { health, hosts } = traffic;
  const derived = withoutAbsent({
    'nlb-target-type': 'ip',
    'scheme': traffic.isInternetFacing ? 'internet-facing' : 'internal',
    'ssl-cert': traffic.certificateArn,
    'ssl-ports': traffic.certificateArn === undefined ? undefined : String(traffic.port),
    'target-group-attributes': [
      `deregistration_delay.timeout_seconds=${traffic.deregistrationDelay}`,
      // Connections end with the program's own drain, not at a moment that the load balancer picks.
      'deregistration_delay.connection_termination.enabled=false',
    ].join(','),
    'healthcheck-protocol': health.protocol.toLowerCase(),
    'healthcheck-path': health.path,
    'healthcheck-port': health.port === undefined ? undefined : String(health.port),
    'healthcheck-interval': String(health.interval),
    'healthcheck-timeout': String(health.timeout),
    'healthcheck-healthy-threshold': String(health.healthyThreshold),
    'healthcheck-unhealthy-threshold': String(health.unhealthyThreshold),
    'healthcheck-success-codes': health.successCodes,
  });
  return {
    ...traffic.annotations,
    ...Object.fromEntries(Object.entries(derived).map(([key, value]) => [`${PREFIX}-${key}`, value as string])),
    ...(hosts.length === 0 ? {} : {
      'external-dns.alpha.kubernetes.io/hostname': hosts.join(','),
      'external-dns.alpha.kubernetes.io/ttl': String(traffic.dnsTtl),
    }),
  };
}
