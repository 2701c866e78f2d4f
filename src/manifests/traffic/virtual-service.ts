import type { Planned } from '../../plan/planned-service';
import type { PlannedIstio } from '../../plan/traffic/planned-traffic';
import { Manifest, metadataOf, withoutAbsent } from '../manifest';

/** A duration as Istio's API takes it. */
export function durationOf(seconds: number): string {
  return `${seconds}s`;
}

/** Renders how requests are routed to the service, from the gateways and from inside the mesh. */
export function renderVirtualService(planned: Planned, traffic: PlannedIstio): Manifest {
  const { spec } = planned;
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: metadataOf(planned),
    spec: withoutAbsent({
      hosts: [spec.name, ...traffic.hosts],
      gateways: traffic.gateways.length === 0 ? undefined : ['mesh', ...traffic.gateways],
      http: [withoutAbsent({
        name: 'primary',
        route: [{ destination: { host: spec.name, port: { number: spec.servicePort } } }],
        timeout: traffic.timeout === undefined ? undefined : durationOf(traffic.timeout),
        retries: renderRetries(traffic),
      })],
    }),
  };
}

/** Without retries of its own a route gets Istio's, which repeat what may have been executed. */
function renderRetries({ retries }: PlannedIstio) {
  if (!retries) {
    return { attempts: 0 };
  }
  return withoutAbsent({
    attempts: retries.attempts,
    perTryTimeout: retries.perTryTimeout === undefined ? undefined : durationOf(retries.perTryTimeout),
    retryOn: retries.conditions.join(','),
  });
}
