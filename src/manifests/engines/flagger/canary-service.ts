import type { FlaggerRollout } from './canary-analysis';
import type { Planned } from '../../../plan/planned-service';
import type { PlannedIngressNginx, PlannedIstio, PlannedRoute, PlannedTraffic } from '../../../plan/traffic/planned-traffic';
import { labelsOf, withoutAbsent } from '../../manifest';
import { renderServicePort } from '../../service';
import { renderTrafficPolicy } from '../../traffic/destination-rule';
import { durationOf, renderRetries } from '../../traffic/virtual-service';

/** The ways in that Flagger itself splits. */
export type SplitTraffic = PlannedIstio | PlannedIngressNginx | (PlannedRoute & { readonly kind: 'httpRoute' });

/** Whether Flagger splits this way in. The plan takes no other that it would have to. */
export function isSplit(traffic: PlannedTraffic): traffic is SplitTraffic {
  return traffic.kind === 'istio' || traffic.kind === 'ingressNginx' || traffic.kind === 'httpRoute';
}

/** Renders what Flagger makes Services and routes from: the same as the library makes of a service that it releases itself. */
export function renderCanaryService(planned: Planned, rollout: FlaggerRollout, split: SplitTraffic | undefined) {
  const { name, targetPort, appProtocol } = renderServicePort(planned, planned.spec.servicePort);
  return withoutAbsent({
    port: planned.spec.servicePort,
    portName: name,
    targetPort,
    appProtocol,
    portDiscovery: false,
    trafficDistribution: planned.traffic.find((traffic) => traffic.kind === 'clusterInternal')?.trafficDistribution,
    apex: { labels: labelsOf(planned) },
    ...(split?.kind === 'istio' ? renderMesh(split) : {}),
    ...(split?.kind === 'httpRoute' ? renderRoute(split, rollout) : {}),
  });
}

function renderMesh(traffic: PlannedIstio) {
  return {
    hosts: traffic.hosts.length === 0 ? undefined : [...traffic.hosts],
    // With gateways alone, calls from inside the mesh would not be routed.
    gateways: traffic.gateways.length === 0 ? undefined : ['mesh', ...traffic.gateways],
    timeout: traffic.timeout === undefined ? undefined : durationOf(traffic.timeout),
    retries: renderRetries(traffic),
    trafficPolicy: renderTrafficPolicy(traffic),
  };
}

function renderRoute({ gateways, hosts, path, requestTimeout }: PlannedRoute, rollout: FlaggerRollout) {
  // Of a release by header Flagger writes a time in any case, and an empty one is refused. Zero is none.
  const none = rollout.kind === 'abTest' ? durationOf(0) : undefined;
  return {
    gatewayRefs: gateways.map(({ name, namespace, sectionName }) => withoutAbsent({ name, namespace, sectionName })),
    hosts: hosts.length === 0 ? undefined : [...hosts],
    match: path === undefined ? undefined : [{ uri: { prefix: path } }],
    timeout: requestTimeout === undefined ? none : durationOf(requestTimeout),
  };
}
