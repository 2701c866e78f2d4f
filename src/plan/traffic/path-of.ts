import type { Context } from '../context';
import { AwsLoadBalancerPath } from './aws-load-balancer-path';
import { ClusterInternalPath } from './cluster-internal-path';
import { IngressNginxPath } from './ingress-nginx-path';
import { IstioPath } from './istio-path';
import { NetworkLoadBalancerPath } from './network-load-balancer-path';
import type { Path } from './path';
import { RoutePath } from './route-path';
import type { TrafficSpec } from '../../spec/traffic/traffic';

/** The planner of one declared way in. */
export function pathOf(context: Context, traffic: TrafficSpec): Path {
  switch (traffic.kind) {
    case 'clusterInternal': return new ClusterInternalPath(context, traffic.options);
    case 'awsLoadBalancer': return new AwsLoadBalancerPath(context, traffic.options);
    case 'networkLoadBalancer': return new NetworkLoadBalancerPath(context, traffic.options);
    case 'istio': return new IstioPath(context, traffic.options);
    case 'ingressNginx': return new IngressNginxPath(context, traffic.options);
    case 'httpRoute': return new RoutePath(context, 'httpRoute', traffic.options);
    case 'grpcRoute': return new RoutePath(context, 'grpcRoute', traffic.options);
  }
}
