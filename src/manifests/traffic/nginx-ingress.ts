import { IngressVariant, renderDnsTtl, renderIngressRules } from './ingress';
import type { Planned } from '../../plan/planned-service';
import type { PlannedIngressNginx } from '../../plan/traffic/planned-traffic';
import { Protocol } from '../../spec/protocol';
import { Manifest, metadataOf, withoutAbsent } from '../manifest';

const PREFIX = 'nginx.ingress.kubernetes.io';

/** Renders the Ingress of the ingress-nginx controller. */
export function renderNginxIngress(planned: Planned, traffic: PlannedIngressNginx, variant: IngressVariant = {}): Manifest {
  const annotations = {
    ...traffic.annotations,
    [`${PREFIX}/proxy-read-timeout`]: String(traffic.readTimeout),
    [`${PREFIX}/proxy-send-timeout`]: String(traffic.readTimeout),
    // Another pod is tried only where the first was not reached, or has failed a request that may be repeated.
    [`${PREFIX}/proxy-next-upstream`]: 'error timeout',
    ...(planned.spec.protocol === Protocol.GRPC ? { [`${PREFIX}/backend-protocol`]: 'GRPC' } : {}),
    ...renderDnsTtl(traffic.hosts, traffic.dnsTtl),
    ...variant.annotations,
  };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadataOf(planned, annotations, { name: variant.name ?? `${planned.spec.name}-nginx` }),
    spec: withoutAbsent({
      ingressClassName: traffic.ingressClassName,
      tls: traffic.tlsSecret === undefined ? undefined : [{ hosts: [...traffic.hosts], secretName: traffic.tlsSecret }],
      rules: renderIngressRules(planned, traffic.hosts, traffic.path, variant),
    }),
  };
}
