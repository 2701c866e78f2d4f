import { serviceOfHost } from '../../cluster/istio';
import type { Rule } from '../rule';
import { PAYMENTS_SERVICE } from './example-pods';
import { isDeclaredHost } from './istio-host';
import { PAYMENTS_VIRTUAL_SERVICE } from './route-examples';
import { mayExistUnread } from './unread';

/** The hosts that a VirtualService routes to are there. */
export const VIRTUAL_SERVICE_HOST_MISSING: Rule = {
  id: 'virtual-service-host-missing',
  severity: 'error',
  title: 'Every host that a VirtualService routes to is a Service, or is declared by a ServiceEntry.',
  why: 'Envoy knows a destination only by a Service or a ServiceEntry of its host; a short name means a Service of the VirtualService\'s own '
    + 'namespace. Requests for a host that is neither are answered with 503.',
  sources: ['https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination',
    'https://istio.io/latest/docs/reference/config/analysis/ist0101/'],
  failing: `${PAYMENTS_SERVICE}---${PAYMENTS_VIRTUAL_SERVICE.replace('{ host: payments }', '{ host: payment }')}`,
  passing: `${PAYMENTS_SERVICE}---${PAYMENTS_VIRTUAL_SERVICE}`,
  check: ({ cluster, relations }) => cluster.virtualServices.flatMap((virtualService) => virtualService.routes
    .flatMap(({ destinations }) => destinations)
    .flatMap(({ host, field }) => {
      const target = serviceOfHost(host, virtualService.namespace);
      const isThere = !target || relations.serviceNamed(target.namespace, target.name) || isDeclaredHost(cluster, host, virtualService.namespace)
        || mayExistUnread(cluster, target.namespace, target.name);
      return isThere ? [] : [{
        object: virtualService,
        field: field.get('host'),
        message: `host ${host} means Service ${target.name} of namespace ${target.namespace}, which is not there, so requests for it are answered with 503`,
        actual: host,
        required: `a Service of namespace ${target.namespace}`,
        fix: 'name the host of a Service that is there; for one of another namespace write name.namespace.svc.cluster.local',
      }];
    })),
};
