import type { Service } from '../../cluster/service';
import type { Rule, RuleContext } from '../rule';
import { PAYMENTS_SERVICE, paymentsPods } from './example-pods';
import { workloadsBehind } from './pods-behind';
import { isRoutedTo } from './unread';

/** A Service that requests come by leaves out pods that are not ready. */
export const PUBLISHES_NOT_READY: Rule = {
  id: 'publishes-not-ready',
  severity: 'error',
  title: 'A Service that carries requests publishes ready pods only.',
  why: 'With publishNotReadyAddresses, pods are endpoints from the moment they have an address, and count as ready in the EndpointSlice '
    + 'whatever their readiness probe says, while they start and while they terminate. Requests then reach programs that do not listen yet or '
    + 'no longer. The field is meant for headless Services by which members of a StatefulSet find each other.',
  sources: ['https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec'],
  failing: `${paymentsPods()}---${PAYMENTS_SERVICE}  publishNotReadyAddresses: true\n`,
  passing: `${paymentsPods()}---${PAYMENTS_SERVICE}`,
  check: (context) => context.cluster.services
    .filter((service) => service.publishNotReadyAddresses && carriesRequests(context, service))
    .map((service) => ({
      object: service,
      field: service.field.get('spec', 'publishNotReadyAddresses'),
      message: 'publishNotReadyAddresses sends requests to pods that are not ready yet, or no longer: readiness probes decide nothing',
      actual: 'true',
      required: 'false',
      fix: 'remove publishNotReadyAddresses, and give peers that must find each other early a headless Service of their own',
    })),
};

/** Members of a StatefulSet may have to be reached before they are ready, as long as nobody from outside is sent to them. */
function carriesRequests(context: RuleContext, service: Service): boolean {
  const isForMembers = service.isHeadless || workloadsBehind(context, service).every(({ kind }) => kind === 'StatefulSet');
  return !isForMembers || service.type !== 'ClusterIP' || isRoutedTo(context.cluster, service);
}
