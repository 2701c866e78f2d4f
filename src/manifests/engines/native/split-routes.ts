import { renderAlbSplit } from './alb-split';
import { renderNginxSplit } from './nginx-split';
import type { Split } from './split';
import { trackNameOf } from './track';
import type { Planned } from '../../../plan/planned-service';
import type { PlannedTraffic } from '../../../plan/traffic/planned-traffic';
import type { Backend, Rendered } from '../../manifest';
import { type GatewayRule, renderGrpcRoute, renderHttpRoute } from '../../traffic/gateway-route';
import { type MeshRoute, renderVirtualService } from '../../traffic/virtual-service';

/** Renders what carries the canary's share on each way in that can. */
export function renderSplitRoutes(planned: Planned, split: Split, cookieSeconds?: number): Rendered[] {
  return planned.traffic.flatMap((traffic) => renderSplitRoute(planned, traffic, split, cookieSeconds));
}

function renderSplitRoute(planned: Planned, traffic: PlannedTraffic, split: Split, cookieSeconds?: number): Rendered[] {
  const { weight, header } = split;
  switch (traffic.kind) {
    case 'istio': return [{ id: 'virtual-service', manifest: renderVirtualService(planned, traffic, meshRoutesOf(planned, split)) }];
    case 'awsLoadBalancer': return [renderAlbSplit(planned, traffic, {
      weights: [['stable', 100 - weight], ['canary', weight]], header, headerTo: 'canary', cookieSeconds,
    })];
    case 'ingressNginx': return renderNginxSplit(planned, traffic, split);
    case 'httpRoute': return [{ id: 'http-route', manifest: renderHttpRoute(planned, traffic, gatewayRulesOf(planned, split)) }];
    case 'grpcRoute': return [{ id: 'grpc-route', manifest: renderGrpcRoute(planned, traffic, gatewayRulesOf(planned, split)) }];
    // Calls to the Service alone are divided as the numbers of pods are; a Network Load Balancer is refused by the plan.
    case 'clusterInternal':
    case 'networkLoadBalancer': return [];
  }
}

function meshRoutesOf({ spec }: Planned, { weight, header, mirrorPercent }: Split): MeshRoute[] {
  const subset = (name: 'stable' | 'canary', share?: number): Backend => ({ service: spec.name, subset: name, weight: share });
  return [
    ...(header ? [{ name: 'header', header, backends: [subset('canary')] }] : []),
    {
      name: 'primary',
      backends: [subset('stable', 100 - weight), subset('canary', weight)],
      mirror: mirrorPercent === undefined ? undefined : { backend: subset('canary'), percent: mirrorPercent },
    },
  ];
}

function gatewayRulesOf(planned: Planned, { weight, header }: Split): GatewayRule[] {
  const backend = (track: 'stable' | 'canary', share?: number): Backend => ({ service: trackNameOf(planned, track), weight: share });
  return [
    ...(header ? [{ header, backends: [backend('canary')] }] : []),
    { backends: [backend('stable', 100 - weight), backend('canary', weight)] },
  ];
}
