import { renderAlbRoutes, renderAlbRouting } from './alb';
import { settingsOf } from './engine-settings';
import { renderGatewayRoutes, renderGatewayRouting } from './gateway-api';
import { renderIstioRoutes, renderIstioRouting } from './istio';
import { MANAGED_ROUTES } from './names';
import { renderNginxRoutes, renderNginxRouting } from './nginx';
import type { Planned } from '../../../plan/planned-service';
import type { PlannedAbTest, PlannedCanary, RouterKind } from '../../../plan/rollout/planned-rollout';
import type { PlannedTraffic } from '../../../plan/traffic/planned-traffic';
import { IstioSplit } from '../../../spec/rollout/rollout-engine';
import { type Rendered, withoutAbsent } from '../../manifest';
import { renderTraffic } from '../../traffic/render-traffic';

type Shifted = PlannedCanary | PlannedAbTest;

/** By what Istio tells the versions apart. */
export function istioSplitOf({ engine }: Shifted): IstioSplit {
  return settingsOf(engine).istioSplit;
}

/** The routers to which Argo Rollouts adds a route for a header. In ingress-nginx it is an annotation instead. */
export function headerRoutersOf({ routers }: Shifted): readonly RouterKind[] {
  return routers.filter((router) => router !== 'ingressNginx');
}

/** Whether requests reach the versions by a Service for each: subsets and ping-pong need none. */
export function hasVersionServices(rollout: Shifted): boolean {
  return rollout.routers.some((router) => router === 'istio'
    ? istioSplitOf(rollout) === IstioSplit.HOSTS : router !== 'awsLoadBalancer');
}

/** Renders what Argo Rollouts is to know of the routers. Nothing where only numbers of pods make the shares. */
export function renderTrafficRouting(planned: Planned, rollout: Shifted) {
  const { routers } = rollout;
  if (routers.length === 0) {
    return undefined;
  }
  const hasRoute = rollout.header !== undefined && headerRoutersOf(rollout).length > 0;
  const hasMirror = rollout.kind === 'canary' && rollout.mirrorPercent !== undefined;
  // In the order in which the routes are to match.
  const managed = [...(hasRoute ? [MANAGED_ROUTES.header] : []), ...(hasMirror ? [MANAGED_ROUTES.mirror] : [])];
  return withoutAbsent({
    managedRoutes: managed.length === 0 ? undefined : managed.map((name) => ({ name })),
    istio: routers.includes('istio') ? renderIstioRouting(planned, istioSplitOf(rollout)) : undefined,
    alb: routers.includes('awsLoadBalancer') ? renderAlbRouting(planned) : undefined,
    nginx: routers.includes('ingressNginx') ? renderNginxRouting(planned, rollout.header) : undefined,
    plugins: renderGatewayRouting(planned, routers, hasRoute),
  });
}

/** Renders the routes of one way in, where Argo Rollouts finds both versions and writes their weights. */
export function renderRoutes(planned: Planned, rollout: Shifted, traffic: PlannedTraffic): Rendered[] {
  switch (traffic.kind) {
    case 'istio': return renderIstioRoutes(planned, traffic, istioSplitOf(rollout));
    case 'awsLoadBalancer': return renderAlbRoutes(planned, traffic);
    case 'ingressNginx': return renderNginxRoutes(planned, traffic);
    case 'httpRoute':
    case 'grpcRoute': return renderGatewayRoutes(planned, traffic);
    default: return renderTraffic(planned, traffic);
  }
}
