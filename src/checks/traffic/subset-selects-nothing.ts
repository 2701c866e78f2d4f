import { serviceOfHost, type DestinationRule, type RouteDestination, type Subset, type VirtualService } from '../../cluster/istio';
import type { Rule, RuleContext } from '../rule';
import { PAYMENTS_SERVICE, paymentsPods } from './example-pods';
import { rulesForHost } from './istio-host';
import { otherPodsMayHave, podsMayHave, selectorOf, workloadsBehind } from './pods-behind';
import { PAYMENTS_DESTINATION_RULE, PAYMENTS_VIRTUAL_SERVICE } from './route-examples';
import { canariesIn, holdsOperated } from './unread';

const ROUTED = `${PAYMENTS_SERVICE}---${PAYMENTS_VIRTUAL_SERVICE.replace('{ host: payments }', '{ host: payments, subset: stable }')}---`
  + `${PAYMENTS_DESTINATION_RULE}  subsets: [{ name: stable, labels: { version: stable } }]\n---`;

/** A subset that gets requests has pods. */
export const SUBSET_SELECTS_NOTHING: Rule = {
  id: 'subset-selects-nothing',
  severity: 'error',
  title: 'A subset that gets requests has labels that some pod behind its host carries.',
  why: 'A subset holds those endpoints of the host\'s Service whose pods carry all of its labels. Where none does, Envoy has a cluster without '
    + 'endpoints, and answers the whole share of the subset with 503 "no healthy upstream".',
  sources: ['https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset',
    'https://istio.io/latest/docs/reference/config/analysis/ist0173/'],
  failing: `${ROUTED}${paymentsPods(15)}`,
  passing: `${ROUTED}${paymentsPods(15).replace('labels: { app: payments }', 'labels: { app: payments, version: stable }')}`,
  check: (context) => {
    const routed = context.cluster.virtualServices.flatMap((virtualService) => virtualService.routes.flatMap(({ destinations }) => destinations
      .filter(({ weight }) => weight > 0).flatMap((destination) => emptySubsetsOf(context, virtualService, destination))));
    return [...new Map(routed.map((found) => [found.subset, found])).values()].map(({ rule, subset, destination }) => ({
      object: rule,
      field: subset.field.get('labels'),
      message: `no pod behind host ${destination.host} has the labels ${labelsText(subset)} of subset ${subset.name}, `
        + `which a VirtualService gives ${destination.weight} of the weight: these requests are answered with 503`,
      actual: labelsText(subset),
      fix: 'give the subset labels that the pod template has, or the template those of the subset',
    }));
  },
};

interface EmptySubset {
  readonly rule: DestinationRule;
  readonly subset: Subset;
  readonly destination: RouteDestination;
}

function emptySubsetsOf(context: RuleContext, { namespace }: VirtualService, destination: RouteDestination): readonly EmptySubset[] {
  const target = serviceOfHost(destination.host, namespace);
  const service = target && context.relations.serviceNamed(target.namespace, target.name);
  const behind = service ? workloadsBehind(context, service) : [];
  // Where the Service itself selects nothing that is read, another rule says so, or the pods are declared elsewhere.
  if (!service || behind.length === 0 || holdsOperated(context.cluster, service.namespace)) {
    return [];
  }
  return rulesForHost(context.cluster, destination.host, namespace).filter((rule) => !isEngines(context, rule)).flatMap((rule) => rule.subsets
    .filter(({ name, labels }) => name === destination.subset && !behind.some((workload) => podsMayHave(workload, labels))
      && !otherPodsMayHave(context.cluster, service.namespace, new Map([...selectorOf(service), ...labels])))
    .map((subset) => ({ rule, subset, destination })));
}

/** Engines write labels into the subsets that they divide pods by. */
function isEngines({ cluster }: RuleContext, { namespace, name }: DestinationRule): boolean {
  return canariesIn(cluster, namespace).length > 0 || cluster.workloads.some((workload) => workload.kind === 'Rollout' && workload.namespace === namespace
    && workload.field.get('spec', 'strategy', 'canary', 'trafficRouting', 'istio', 'destinationRule', 'name').value === name);
}

function labelsText({ labels }: Subset): string {
  return [...labels].map(([key, value]) => `${key}=${value}`).join(', ');
}
