import type { Rule } from '../rule';
import { nameFieldOf } from './backend-text';
import { PAYMENTS_SERVICE } from './example-pods';
import { PAYMENTS_ROUTE } from './route-examples';
import { mayExistUnread } from './unread';

/** The Services that a Gateway API route names are there. */
export const ROUTE_BACKEND_MISSING: Rule = {
  id: 'route-backend-missing',
  severity: 'error',
  title: 'Every Service that an HTTPRoute or GRPCRoute names is there.',
  why: 'A route whose backend does not exist is accepted all the same, with the condition ResolvedRefs false. The share of requests that falls to '
    + 'this backend is answered with 500, or UNAVAILABLE for gRPC.',
  sources: ['https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule'],
  failing: `${PAYMENTS_SERVICE}---${PAYMENTS_ROUTE.replace('[{ name: payments, ', '[{ name: payment, ')}`,
  passing: `${PAYMENTS_SERVICE}---${PAYMENTS_ROUTE}`,
  check: ({ cluster, relations }) => cluster.gatewayRoutes.flatMap((route) => route.rules.flatMap(({ backends }) => backends
    .filter(({ namespace, service, weight }) => weight > 0 && !relations.serviceNamed(namespace, service)
      && !mayExistUnread(cluster, namespace, service))
    .map((backend) => ({
      object: route,
      field: nameFieldOf(backend),
      message: `Service ${backend.service} is not in namespace ${backend.namespace}, so its share of requests is answered with an error`,
      actual: backend.service,
      required: `a Service of namespace ${backend.namespace}`,
      fix: 'name a Service that is there, or add the one that is missing',
    })))),
};
