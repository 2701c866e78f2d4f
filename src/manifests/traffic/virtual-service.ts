import type { Planned } from '../../plan/planned-service';
import type { PlannedIstio } from '../../plan/traffic/planned-traffic';
import type { HeaderMatch } from '../../spec/rollout/header-match';
import { Backend, Manifest, metadataOf, withoutAbsent } from '../manifest';

/** A duration as Istio's API takes it. */
export function durationOf(seconds: number): string {
  return `${seconds}s`;
}

/** One route of a VirtualService. */
export interface MeshRoute {
  readonly name: string;
  /** Only requests with this header, where it is given. */
  readonly header?: HeaderMatch;
  readonly backends: readonly Backend[];
  /** Who gets a copy of so many percent of the requests. */
  readonly mirror?: { readonly backend: Backend; readonly percent: number };
}

/** Renders how requests are routed to the service, from the gateways and from inside the mesh. The first route that matches counts. */
export function renderVirtualService(planned: Planned, traffic: PlannedIstio, routes = [primaryRoute(planned)]): Manifest {
  const { spec } = planned;
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: metadataOf(planned),
    spec: withoutAbsent({
      hosts: [spec.name, ...traffic.hosts],
      gateways: traffic.gateways.length === 0 ? undefined : ['mesh', ...traffic.gateways],
      http: routes.map((route) => renderRoute(planned, traffic, route)),
    }),
  };
}

function primaryRoute({ spec }: Planned): MeshRoute {
  return { name: 'primary', backends: [{ service: spec.name }] };
}

function renderRoute({ spec }: Planned, traffic: PlannedIstio, { name, header, backends, mirror }: MeshRoute) {
  return withoutAbsent({
    name,
    match: header && [{ headers: { [header.name]: { exact: header.value } } }],
    route: backends.map((backend) => withoutAbsent({ destination: destinationOf(backend, spec.servicePort), weight: backend.weight })),
    mirror: mirror && destinationOf(mirror.backend, spec.servicePort),
    mirrorPercentage: mirror && { value: mirror.percent },
    timeout: traffic.timeout === undefined ? undefined : durationOf(traffic.timeout),
    retries: renderRetries(traffic),
  });
}

function destinationOf({ service, subset }: Backend, port: number) {
  return withoutAbsent({ host: service, subset, port: { number: port } });
}

/** Without retries of its own a route gets Istio's, which repeat what may have been executed. */
export function renderRetries({ retries }: PlannedIstio) {
  if (!retries) {
    return { attempts: 0 };
  }
  return withoutAbsent({
    attempts: retries.attempts,
    perTryTimeout: retries.perTryTimeout === undefined ? undefined : durationOf(retries.perTryTimeout),
    retryOn: retries.conditions.join(','),
  });
}
