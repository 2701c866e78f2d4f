import type { Rule } from '../rule';
import { hasPort, portFieldOf, portsText } from './backend-text';
import { PAYMENTS_SERVICE } from './example-pods';
import { PAYMENTS_ROUTE } from './route-examples';

/** The ports that a Gateway API route names are ports of the Service. */
export const ROUTE_PORT_MISSING: Rule = {
  id: 'route-port-missing',
  severity: 'error',
  title: 'A port that an HTTPRoute or GRPCRoute names is a port of the Service, and is named at all.',
  why: 'The port of a backendRef is the Service\'s own port, not the container\'s, and must be written for a Service. Where the Service has none of '
    + 'that number the reference does not resolve, and its share of requests is answered with 500.',
  sources: ['https://gateway-api.sigs.k8s.io/reference/spec/#backendobjectreference'],
  failing: `${PAYMENTS_SERVICE}---${PAYMENTS_ROUTE.replace('port: 80', 'port: 8080')}`,
  passing: `${PAYMENTS_SERVICE}---${PAYMENTS_ROUTE}`,
  check: ({ cluster, relations }) => cluster.gatewayRoutes.flatMap((route) => route.rules.flatMap(({ backends }) => backends.flatMap((backend) => {
    const service = relations.serviceNamed(backend.namespace, backend.service);
    const isThere = backend.port !== undefined && (!service || hasPort(service, backend.port));
    return isThere || backend.weight === 0 ? [] : [{
      object: route,
      field: portFieldOf(backend),
      message: backend.port === undefined
        ? `the reference to Service ${backend.service} names no port, so it does not resolve and its share of requests is answered with an error`
        : `Service ${backend.service} has no port ${backend.port}, so its share of requests is answered with an error`,
      actual: backend.port === undefined ? undefined : String(backend.port),
      required: service ? `one of ${portsText(service)}` : 'a port',
      fix: 'name one of the Service\'s ports; the number that the container listens on is its targetPort',
    }];
  }))),
};
