import { Manifest, metadataOf, selectorOf, Variant, withoutAbsent } from './manifest';
import type { Planned } from '../plan/planned-service';
import type { PlannedClusterInternal } from '../plan/traffic/planned-traffic';
import { portNameOf, Protocol } from '../spec/protocol';

const APP_PROTOCOLS: Record<Protocol, string> = { [Protocol.HTTP]: 'http', [Protocol.HTTP2]: 'kubernetes.io/h2c', [Protocol.GRPC]: 'kubernetes.io/h2c' };

/** The service's port as a Service lists it. By name it reaches old and new pods even where the number changes. */
export function renderServicePort({ spec }: Planned, port: number) {
  const name = portNameOf(spec.protocol);
  return { name, port, targetPort: name, protocol: 'TCP', appProtocol: APP_PROTOCOLS[spec.protocol] };
}

/** Renders the Service that every path leads through, or one that reaches the pods of one version alone. */
export function renderService(planned: Planned, traffic: PlannedClusterInternal, variant: Variant = {}): Manifest {
  const affinity = traffic.clientIpAffinitySeconds;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(planned, {}, variant),
    spec: withoutAbsent({
      type: 'ClusterIP',
      selector: selectorOf(planned, variant),
      ports: [renderServicePort(planned, planned.spec.servicePort)],
      sessionAffinity: affinity === undefined ? undefined : 'ClientIP',
      sessionAffinityConfig: affinity === undefined ? undefined : { clientIP: { timeoutSeconds: affinity } },
      trafficDistribution: traffic.trafficDistribution,
    }),
  };
}
