import { serviceNamesOf } from './names';
import type { Planned } from '../../../plan/planned-service';
import type { PlannedIngressNginx } from '../../../plan/traffic/planned-traffic';
import type { HeaderMatch } from '../../../spec/rollout/header-match';
import { type Rendered, withoutAbsent } from '../../manifest';
import { backendOf } from '../../traffic/ingress';
import { renderNginxIngress } from '../../traffic/nginx-ingress';

/**
 * Renders `trafficRouting.nginx`. Argo Rollouts makes a second Ingress beside this one and keeps the weight there.
 *
 * A header is an annotation of the second Ingress, which is always there. Outside of a release its Service reaches the old
 * version as well, and one without pods leaves the request to the first Ingress.
 */
export function renderNginxRouting({ spec }: Planned, header: HeaderMatch | undefined) {
  return withoutAbsent({
    stableIngress: `${spec.name}-nginx`,
    additionalIngressAnnotations: header && { 'canary-by-header': header.name, 'canary-by-header-value': header.value },
  });
}

/** Renders the Ingress to the old version. Its weight is on the other Ingress, so Argo Rollouts writes nothing here. */
export function renderNginxRoutes(planned: Planned, traffic: PlannedIngressNginx): Rendered[] {
  const backend = backendOf(planned, serviceNamesOf(planned).stable);
  return [{ id: 'nginx-ingress', manifest: renderNginxIngress(planned, traffic, { backend }) }];
}
