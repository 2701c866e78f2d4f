import { HASH_LABEL, MANAGED_ROUTES, PRIMARY_ROUTE, serviceNamesOf, SUBSETS } from './names';
import type { Planned } from '../../../plan/planned-service';
import type { PlannedIstio } from '../../../plan/traffic/planned-traffic';
import { IstioSplit } from '../../../spec/rollout/rollout-engine';
import { type Backend, type Rendered, selectorOf } from '../../manifest';
import { renderDestinationRule } from '../../traffic/destination-rule';
import { renderVirtualService } from '../../traffic/virtual-service';

/** Renders `trafficRouting.istio`. */
export function renderIstioRouting({ spec: { name } }: Planned, split: IstioSplit) {
  const virtualService = { name, routes: [PRIMARY_ROUTE] };
  return split === IstioSplit.HOSTS ? { virtualService } : {
    virtualService,
    destinationRule: { name, stableSubsetName: SUBSETS.stable, canarySubsetName: SUBSETS.canary },
  };
}

/** Renders the DestinationRules, which must be there first, and the VirtualService, whose weights Argo Rollouts writes. */
export function renderIstioRoutes(planned: Planned, traffic: PlannedIstio, split: IstioSplit): Rendered[] {
  const route = { name: PRIMARY_ROUTE, backends: backendsOf(planned, split) };
  return [
    ...renderDestinationRules(planned, traffic, split),
    { id: 'virtual-service', manifest: renderVirtualService(planned, traffic, [route]) },
  ];
}

function backendsOf(planned: Planned, split: IstioSplit): Backend[] {
  const names = serviceNamesOf(planned);
  return split === IstioSplit.HOSTS
    ? [{ service: names.stable, weight: 100 }, { service: names.canary, weight: 0 }]
    : [{ service: names.all, subset: SUBSETS.stable, weight: 100 }, { service: names.all, subset: SUBSETS.canary, weight: 0 }];
}

function renderDestinationRules(planned: Planned, traffic: PlannedIstio, split: IstioSplit): Rendered[] {
  if (split === IstioSplit.HOSTS) {
    const names = serviceNamesOf(planned);
    // A traffic policy counts for the host to which a request is routed, not for the one that it names.
    return (['stable', 'canary'] as const).map((version) => ({
      id: `destination-rule-${version}`, manifest: renderDestinationRule(planned, traffic, { host: names[version] }),
    }));
  }
  // Argo Rollouts adds the hash to each. Until it has, both are all pods, which serve.
  const subsets = [SUBSETS.stable, SUBSETS.canary].map((name) => ({ name, labels: selectorOf(planned) }));
  return [{ id: 'destination-rule', manifest: renderDestinationRule(planned, traffic, { subsets }) }];
}

/** What Argo Rollouts writes to the DestinationRule with subsets. */
export const DESTINATION_RULE_FIELDS = [
  `.spec.subsets[] | select(.name == "${SUBSETS.stable}" or .name == "${SUBSETS.canary}") | .labels["${HASH_LABEL}"]`,
];

/** What it writes to the VirtualService: the weights, and the routes that it adds. */
export const VIRTUAL_SERVICE_FIELDS = [
  `.spec.http[] | select(.name == "${PRIMARY_ROUTE}") | .route[].weight`,
  `.spec.http[] | select(.name == "${MANAGED_ROUTES.header}" or .name == "${MANAGED_ROUTES.mirror}")`,
];
