import { albIngressFieldsOf, ingressNameOf } from './alb';
import { settingsOf } from './engine-settings';
import { GATEWAY_ROUTE_FIELDS } from './gateway-api';
import { DESTINATION_RULE_FIELDS, VIRTUAL_SERVICE_FIELDS } from './istio';
import { HASH_LABEL, serviceNamesOf } from './names';
import { istioSplitOf } from './routers';
import { versionServicesOf } from './services';
import type { Planned } from '../../../plan/planned-service';
import type { PlannedAbTest, PlannedBlueGreen, PlannedCanary, RouterKind } from '../../../plan/rollout/planned-rollout';
import { IstioSplit } from '../../../spec/rollout/rollout-engine';
import type { OwnedFields } from '../owned-object';

const MANAGED_BY = '.metadata.annotations["argo-rollouts.argoproj.io/managed-by-rollouts"]';
const HASH_OF_SELECTOR = `.spec.selector["${HASH_LABEL}"]`;

/** Tells which fields of which rendered objects are Argo Rollouts' to write once they exist. */
export function argoRolloutsOwnedFields(planned: Planned, rollout: PlannedCanary | PlannedAbTest | PlannedBlueGreen): OwnedFields[] {
  return [
    ...ownedServices(planned, rollout),
    ...(rollout.kind === 'blueGreen' ? [] : rollout.routers.flatMap((router) => ownedRoutes(planned, rollout, router))),
    ...(settingsOf(rollout.engine).takeOver === undefined ? [] : [
      { group: 'apps', kind: 'Deployment', name: planned.spec.name, jqPathExpressions: ['.spec.replicas'] },
    ]),
  ];
}

/** The root Service keeps all pods: it only gives its name to an action. */
function ownedServices(planned: Planned, rollout: PlannedCanary | PlannedAbTest | PlannedBlueGreen): OwnedFields[] {
  const names = serviceNamesOf(planned);
  const versions = [...(rollout.kind === 'blueGreen' ? ['all'] as const : []), ...versionServicesOf(rollout)];
  return versions.filter((version) => version !== 'root').map((version) => ({
    group: '', kind: 'Service', name: names[version], jqPathExpressions: [HASH_OF_SELECTOR, MANAGED_BY],
  }));
}

function ownedRoutes(planned: Planned, rollout: PlannedCanary | PlannedAbTest, router: RouterKind): OwnedFields[] {
  const { name } = planned.spec;
  const gatewayRoute = { group: 'gateway.networking.k8s.io', name, jqPathExpressions: GATEWAY_ROUTE_FIELDS };
  switch (router) {
    case 'istio': return [
      ...(istioSplitOf(rollout) === IstioSplit.HOSTS ? [] : [
        { group: 'networking.istio.io', kind: 'DestinationRule', name, jqPathExpressions: [...DESTINATION_RULE_FIELDS, MANAGED_BY] },
      ]),
      { group: 'networking.istio.io', kind: 'VirtualService', name, jqPathExpressions: VIRTUAL_SERVICE_FIELDS },
    ];
    case 'awsLoadBalancer': return [{
      group: 'networking.k8s.io', kind: 'Ingress', name: ingressNameOf(planned), jqPathExpressions: albIngressFieldsOf(planned),
    }];
    case 'httpRoute': return [{ ...gatewayRoute, kind: 'HTTPRoute' }];
    case 'grpcRoute': return [{ ...gatewayRoute, kind: 'GRPCRoute' }];
    // The weight is on an Ingress that Argo Rollouts makes itself.
    case 'ingressNginx': return [];
  }
}
