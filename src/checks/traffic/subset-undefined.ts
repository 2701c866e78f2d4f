import type { Cluster } from '../../cluster/cluster';
import type { Rule } from '../rule';
import { PAYMENTS_SERVICE } from './example-pods';
import { rulesForHost } from './istio-host';
import { PAYMENTS_DESTINATION_RULE, PAYMENTS_VIRTUAL_SERVICE } from './route-examples';
import { serviceOfHost } from '../../cluster/istio';

const ROUTED = `${PAYMENTS_SERVICE}---${PAYMENTS_VIRTUAL_SERVICE.replace('{ host: payments }', '{ host: payments, subset: stable }')}---`;
const DEFINED = `${PAYMENTS_DESTINATION_RULE}  subsets: [{ name: stable, labels: { version: stable } }]\n`;

/** The subsets that a VirtualService routes to are defined. */
export const SUBSET_UNDEFINED: Rule = {
  id: 'subset-undefined',
  severity: 'error',
  title: 'A DestinationRule for the host defines every subset that a VirtualService routes to.',
  why: 'A subset exists only through a DestinationRule for the same host, in the namespace of the client, of the Service, or in the root namespace. '
    + 'Envoy has no cluster for a subset that none defines, and answers 503.',
  sources: ['https://istio.io/latest/docs/ops/common-problems/network-issues/#503-errors-after-setting-destination-rule',
    'https://istio.io/latest/docs/ops/best-practices/traffic-management/#avoid-503-errors-while-reconfiguring-service-routes'],
  failing: `${ROUTED}${DEFINED.replace('name: stable', 'name: v1')}`,
  passing: `${ROUTED}${DEFINED}`,
  check: ({ cluster }) => cluster.virtualServices.flatMap(({ routes, ...virtualService }) => routes
    .flatMap(({ destinations }) => destinations)
    .flatMap(({ host, subset, field }) => {
      const defined = rulesForHost(cluster, host, virtualService.namespace).flatMap(({ subsets }) => subsets.map(({ name }) => name));
      return subset === undefined || defined.includes(subset) || !areRulesRead(cluster, host, virtualService.namespace) ? [] : [{
        object: virtualService,
        field: field.get('subset'),
        message: `no DestinationRule for host ${host} defines the subset ${subset}, so requests for it are answered with 503`,
        actual: subset,
        required: defined.length === 0 ? 'a defined subset' : `one of ${defined.join(', ')}`,
        fix: `add the subset ${subset} to a DestinationRule for host ${host}, and apply it before this VirtualService`,
      }];
    })),
};

/** Where not one DestinationRule of the namespaces concerned is read, they are kept elsewhere. */
function areRulesRead(cluster: Cluster, host: string, namespace: string): boolean {
  const concerned = [namespace, serviceOfHost(host, namespace)?.namespace];
  return cluster.destinationRules.some((rule) => concerned.includes(rule.namespace));
}
