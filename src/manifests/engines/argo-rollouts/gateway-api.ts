import { serviceNamesOf } from './names';
import type { Planned } from '../../../plan/planned-service';
import type { RouterKind } from '../../../plan/rollout/planned-rollout';
import type { PlannedRoute } from '../../../plan/traffic/planned-traffic';
import { type Rendered, withoutAbsent } from '../../manifest';
import { renderGrpcRoute, renderHttpRoute } from '../../traffic/gateway-route';

/** The plugin of Argo Rollouts for the Gateway API, by the name under which its installation guide registers it. */
const PLUGIN = 'argoproj-labs/gatewayAPI';

/** Renders the settings of the plugin, where a way in is a route of the Gateway API. */
export function renderGatewayRouting({ spec: { name, namespace } }: Planned, routers: readonly RouterKind[], hasHeaderRoute: boolean) {
  const route = withoutAbsent({ name, useHeaderRoutes: hasHeaderRoute || undefined });
  const settings = withoutAbsent({
    httpRoutes: routers.includes('httpRoute') ? [{ ...route }] : undefined,
    grpcRoutes: routers.includes('grpcRoute') ? [{ ...route }] : undefined,
  });
  return Object.keys(settings).length === 0 ? undefined : { [PLUGIN]: withoutAbsent({ namespace, ...settings }) };
}

/** Renders the route to both versions, whose weights the plugin writes. */
export function renderGatewayRoutes(planned: Planned, traffic: PlannedRoute): Rendered[] {
  const { stable, canary } = serviceNamesOf(planned);
  const rules = [{ backends: [{ service: stable, weight: 100 }, { service: canary, weight: 0 }] }];
  return traffic.kind === 'httpRoute'
    ? [{ id: 'http-route', manifest: renderHttpRoute(planned, traffic, rules) }]
    : [{ id: 'grpc-route', manifest: renderGrpcRoute(planned, traffic, rules) }];
}

/**
 * What the plugin writes to a route: the weights, the rule for a header, and a label while a release goes on. Only that rule
 * matches headers. Its name is not used, because older plugins give it none.
 */
export const GATEWAY_ROUTE_FIELDS = [
  '.spec.rules[].backendRefs[].weight',
  '.spec.rules[] | select(any(.matches[]?; has("headers")))',
  '.metadata.labels["rollouts.argoproj.io/gatewayapi-canary"]',
];
