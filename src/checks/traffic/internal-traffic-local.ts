import type { Rule } from '../rule';
import { PAYMENTS_SERVICE, paymentsPods } from './example-pods';
import { workloadsBehind } from './pods-behind';

/** internalTrafficPolicy Local has a pod on every node behind it. */
export const INTERNAL_TRAFFIC_LOCAL: Rule = {
  id: 'internal-traffic-local',
  severity: 'warning',
  title: 'A Service with internalTrafficPolicy Local has a pod on every node.',
  why: 'With internalTrafficPolicy Local, a connection goes to a pod of the client\'s own node or nowhere: where that node has none, it is dropped, '
    + 'however many pods are ready elsewhere. Only a DaemonSet has a pod on every node, and a Deployment\'s pods move with every release.',
  sources: ['https://kubernetes.io/docs/concepts/services-networking/service-traffic-policy/'],
  failing: `${paymentsPods()}---${PAYMENTS_SERVICE}  internalTrafficPolicy: Local\n`,
  passing: `${paymentsPods()}---${PAYMENTS_SERVICE}`,
  check: (context) => context.cluster.services.filter(({ internalTrafficPolicy }) => internalTrafficPolicy === 'Local').flatMap((service) => {
    const behind = workloadsBehind(context, service);
    return behind.length === 0 || behind.some(({ kind }) => kind === 'DaemonSet') ? [] : [{
      object: service,
      field: service.field.get('spec', 'internalTrafficPolicy'),
      message: `clients on a node without a pod of ${behind.map(({ kind, name }) => `${kind} ${name}`).join(' or ')} have their connections dropped`,
      actual: 'Local',
      required: 'Cluster',
      fix: 'set internalTrafficPolicy to Cluster; trafficDistribution: PreferClose keeps traffic near and falls back to other nodes',
    }];
  }),
};
