import type { Cluster } from '../../cluster/cluster';
import type { GatewayRoute, WeightedBackend } from '../../cluster/gateway-route';
import type { Rule } from '../rule';
import { PAYMENTS_ROUTE } from './route-examples';

const ROUTE = PAYMENTS_ROUTE.replace('[{ name: payments, ', '[{ name: payments, namespace: shop, ');
const GRANT = `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: routes-to-payments, namespace: shop }
spec:
  from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: default }]
  to: [{ group: "", kind: Service }]
`;

/** A route to a Service of another namespace has that namespace's grant. */
export const ROUTE_BACKEND_NOT_GRANTED: Rule = {
  id: 'route-backend-not-granted',
  severity: 'info',
  title: 'A ReferenceGrant allows each route to a Service of another namespace.',
  why: 'A route may send requests to a Service of another namespace only where a ReferenceGrant there says so. Without one the reference does not '
    + 'resolve, and its share of requests is answered with 500. The grant may be among objects that were not read.',
  sources: ['https://gateway-api.sigs.k8s.io/api-types/referencegrant/'],
  failing: ROUTE,
  passing: `${ROUTE}---${GRANT}`,
  check: ({ cluster }) => cluster.gatewayRoutes.flatMap((route) => route.rules.flatMap(({ backends }) => backends
    .filter((backend) => backend.namespace !== route.namespace && !isGranted(cluster, route, backend))
    .map(({ field, service, namespace }) => ({
      object: route,
      field: field.get('namespace'),
      message: `no ReferenceGrant among the objects read lets ${route.kind}s of namespace ${route.namespace} refer to Service ${service} of ${namespace}: `
        + 'without one its share of requests is answered with an error',
      fix: `add a ReferenceGrant to namespace ${namespace} from kind ${route.kind} of namespace ${route.namespace} to kind Service`,
    })))),
};

function isGranted(cluster: Cluster, route: GatewayRoute, backend: WeightedBackend): boolean {
  return cluster.ofKind('ReferenceGrant').filter(({ namespace }) => namespace === backend.namespace).some(({ field }) => {
    const from = field.get('spec', 'from').items().some((item) => item.get('kind').value === route.kind && item.get('namespace').value === route.namespace);
    const to = field.get('spec', 'to').items().some((item) => item.get('kind').value === 'Service'
      && [undefined, backend.service].includes(item.get('name').string()));
    return from && to;
  });
}
