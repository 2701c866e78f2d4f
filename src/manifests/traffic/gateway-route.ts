import type { Planned } from '../../plan/planned-service';
import type { PlannedRoute } from '../../plan/traffic/planned-traffic';
import type { HeaderMatch } from '../../spec/rollout/header-match';
import { Backend, Manifest, metadataOf, withoutAbsent } from '../manifest';

/** One rule of a route. */
export interface GatewayRule {
  /** Only requests with this header, where it is given. */
  readonly header?: HeaderMatch;
  readonly backends: readonly Backend[];
}

/** Renders an HTTPRoute. The rule that matches most counts, and of equals the first. */
export function renderHttpRoute(planned: Planned, traffic: PlannedRoute, rules = [ownRule(planned)]): Manifest {
  return renderRoute(planned, traffic, 'HTTPRoute', rules.map(({ header, backends }) => withoutAbsent({
    matches: [withoutAbsent({ path: { type: 'PathPrefix', value: traffic.path }, headers: renderHeader(header) })],
    timeouts: traffic.requestTimeout === undefined ? undefined : { request: `${traffic.requestTimeout}s` },
    backendRefs: renderBackends(planned, backends),
  })));
}

/** Renders a GRPCRoute. */
export function renderGrpcRoute(planned: Planned, traffic: PlannedRoute, rules = [ownRule(planned)]): Manifest {
  return renderRoute(planned, traffic, 'GRPCRoute', rules.map(({ header, backends }) => withoutAbsent({
    matches: header && [{ headers: renderHeader(header) }],
    backendRefs: renderBackends(planned, backends),
  })));
}

function renderRoute(planned: Planned, traffic: PlannedRoute, kind: string, rules: object[]): Manifest {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind,
    metadata: metadataOf(planned),
    spec: withoutAbsent({
      parentRefs: traffic.gateways.map(({ name, namespace, sectionName }) => withoutAbsent({ name, namespace, sectionName })),
      hostnames: traffic.hosts.length === 0 ? undefined : [...traffic.hosts],
      rules,
    }),
  };
}

function ownRule({ spec }: Planned): GatewayRule {
  return { backends: [{ service: spec.name }] };
}

function renderHeader(header: HeaderMatch | undefined) {
  return header && [{ type: 'Exact', name: header.name, value: header.value }];
}

function renderBackends({ spec }: Planned, backends: readonly Backend[]) {
  return backends.map(({ service, weight }) => withoutAbsent({ name: service, port: spec.servicePort, weight }));
}
