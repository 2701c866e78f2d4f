import { serviceOfHost } from '../../cluster/istio';
import type { Rule } from '../rule';
import { hasPort, portsText } from './backend-text';
import { PAYMENTS_SERVICE } from './example-pods';
import { PAYMENTS_VIRTUAL_SERVICE } from './route-examples';

const WITH_PORT = PAYMENTS_VIRTUAL_SERVICE.replace('{ host: payments }', '{ host: payments, port: { number: 80 } }');

/** The ports that a VirtualService routes to are ports of the Service. */
export const VIRTUAL_SERVICE_PORT_MISSING: Rule = {
  id: 'virtual-service-port-missing',
  severity: 'error',
  title: 'A port that a VirtualService routes to is a port of the Service.',
  why: 'The port of a destination is the Service\'s own port, not the container\'s. Envoy has one cluster for each port of a Service; for any other '
    + 'number it has none, and answers 503.',
  sources: ['https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination'],
  failing: `${PAYMENTS_SERVICE}---${WITH_PORT.replace('number: 80', 'number: 8080')}`,
  passing: `${PAYMENTS_SERVICE}---${WITH_PORT}`,
  check: ({ cluster, relations }) => cluster.virtualServices.flatMap((virtualService) => virtualService.routes
    .flatMap(({ destinations }) => destinations)
    .flatMap(({ host, port, field }) => {
      const target = serviceOfHost(host, virtualService.namespace);
      const service = target && relations.serviceNamed(target.namespace, target.name);
      return !service || port === undefined || hasPort(service, port) ? [] : [{
        object: virtualService,
        field: field.get('port', 'number'),
        message: `Service ${service.name} has no port ${port}, so requests for it are answered with 503`,
        actual: String(port),
        required: `one of ${portsText(service)}`,
        fix: 'name one of the Service\'s ports; the number that the container listens on is its targetPort',
      }];
    })),
};
