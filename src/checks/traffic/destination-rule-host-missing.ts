import { serviceOfHost } from '../../cluster/istio';
import type { Rule } from '../rule';
import { PAYMENTS_SERVICE } from './example-pods';
import { isDeclaredHost } from './istio-host';
import { PAYMENTS_DESTINATION_RULE } from './route-examples';
import { mayExistUnread } from './unread';

/** The host of a DestinationRule is there. */
export const DESTINATION_RULE_HOST_MISSING: Rule = {
  id: 'destination-rule-host-missing',
  severity: 'warning',
  title: 'The host of a DestinationRule is a Service, or is declared by a ServiceEntry.',
  why: 'A DestinationRule for a host that nothing declares is accepted and does nothing: its subsets do not exist, and its outlier detection, '
    + 'connection limits and TLS settings protect nobody. A short name means a Service of the rule\'s own namespace.',
  sources: ['https://istio.io/latest/docs/reference/config/networking/destination-rule/#DestinationRule'],
  failing: `${PAYMENTS_SERVICE}---${PAYMENTS_DESTINATION_RULE.replace('host: payments', 'host: payment')}`,
  passing: `${PAYMENTS_SERVICE}---${PAYMENTS_DESTINATION_RULE}`,
  check: ({ cluster, relations }) => cluster.destinationRules.flatMap((rule) => {
    const target = serviceOfHost(rule.host, rule.namespace);
    const isThere = !target || relations.serviceNamed(target.namespace, target.name) || isDeclaredHost(cluster, rule.host, rule.namespace)
      || mayExistUnread(cluster, target.namespace, target.name);
    return isThere ? [] : [{
      object: rule,
      field: rule.field.get('spec', 'host'),
      message: `host ${rule.host} means Service ${target.name} of namespace ${target.namespace}, which is not there, so nothing of this rule takes effect`,
      actual: rule.host,
      required: `a Service of namespace ${target.namespace}`,
      fix: 'name the host of a Service that is there; for one of another namespace write name.namespace.svc.cluster.local',
    }];
  }),
};
