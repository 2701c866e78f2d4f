import type { Planned } from '../../plan/planned-service';
import type { PlannedRoute } from '../../plan/traffic/planned-traffic';
import { Manifest, metadataOf, withoutAbsent } from '../manifest';

/** Renders an HTTPRoute. */
export function renderHttpRoute(planned: Planned, traffic: PlannedRoute): Manifest {
  return renderRoute(planned, traffic, 'HTTPRoute', [withoutAbsent({
    matches: [{ path: { type: 'PathPrefix', value: traffic.path } }],
    timeouts: traffic.requestTimeout === undefined ? undefined : { request: `${traffic.requestTimeout}s` },
    backendRefs: backendsOf(planned),
  })]);
}

/** Renders a GRPCRoute. */
export function renderGrpcRoute(planned: Planned, traffic: PlannedRoute): Manifest {
  return renderRoute(planned, traffic, 'GRPCRoute', [{ backendRefs: backendsOf(planned) }]);
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

function backendsOf({ spec }: Planned) {
  return [{ name: spec.name, port: spec.servicePort }];
}
