import type { RouterKind } from './planned-rollout';
import type { ServiceSpec } from '../../spec/service-spec';
import type { TrafficSpec } from '../../spec/traffic/traffic';

const ROUTERS: ReadonlySet<TrafficSpec['kind']> = new Set<RouterKind>(['istio', 'awsLoadBalancer', 'ingressNginx', 'httpRoute', 'grpcRoute']);

/** The declared ways in that can split traffic between two versions. */
export function routersOf({ traffic }: ServiceSpec): RouterKind[] {
  return traffic.map(({ kind }) => kind).filter((kind): kind is RouterKind => ROUTERS.has(kind));
}
