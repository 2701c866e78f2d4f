import { renderAlbIngress } from './alb-ingress';
import { renderDestinationRule } from './destination-rule';
import { renderGrpcRoute, renderHttpRoute } from './gateway-route';
import { renderNetworkLoadBalancer } from './network-load-balancer';
import { renderNginxIngress } from './nginx-ingress';
import { renderVirtualService } from './virtual-service';
import type { Planned } from '../../plan/planned-service';
import type { PlannedTraffic } from '../../plan/traffic/planned-traffic';
import type { Rendered } from '../manifest';
import { renderService } from '../service';

/** Renders the objects of one path. */
export function renderTraffic(planned: Planned, traffic: PlannedTraffic): Rendered[] {
  switch (traffic.kind) {
    case 'clusterInternal': return [{ id: 'service', manifest: renderService(planned, traffic) }];
    case 'awsLoadBalancer': return [{
      id: 'alb-ingress',
      manifest: renderAlbIngress(planned, traffic),
      forward: { traffic, targets: [{ service: planned.spec.name, weight: 100 }] },
    }];
    case 'networkLoadBalancer': return [{ id: 'network-load-balancer', manifest: renderNetworkLoadBalancer(planned, traffic) }];
    case 'istio': return [
      { id: 'destination-rule', manifest: renderDestinationRule(planned, traffic) },
      { id: 'virtual-service', manifest: renderVirtualService(planned, traffic) },
    ];
    case 'ingressNginx': return [{ id: 'nginx-ingress', manifest: renderNginxIngress(planned, traffic) }];
    case 'httpRoute': return [{ id: 'http-route', manifest: renderHttpRoute(planned, traffic) }];
    case 'grpcRoute': return [{ id: 'grpc-route', manifest: renderGrpcRoute(planned, traffic) }];
  }
}
