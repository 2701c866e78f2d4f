import { MANAGED_ROUTES, serviceNamesOf } from './names';
import type { Planned } from '../../../plan/planned-service';
import type { PlannedAwsLoadBalancer } from '../../../plan/traffic/planned-traffic';
import type { Rendered } from '../../manifest';
import { renderAlbIngress } from '../../traffic/alb-ingress';

const PREFIX = 'alb.ingress.kubernetes.io';

/** Renders `trafficRouting.alb`. The root Service gives its name to the action in which Argo Rollouts writes the weights. */
export function renderAlbRouting(planned: Planned) {
  return { ingress: ingressNameOf(planned), rootService: serviceNamesOf(planned).root, servicePort: planned.spec.servicePort };
}

/**
 * Renders the Ingress whose backend is an action. The action is not written: Argo Rollouts adds it before it makes pods, and
 * each apply in the middle of a release would set its weights back.
 *
 * Pods have their readiness gate all the same: the action names both Services, so both have target groups, and one of them
 * selects the new version before its first pod is made.
 */
export function renderAlbRoutes(planned: Planned, traffic: PlannedAwsLoadBalancer): Rendered[] {
  const backend = { name: serviceNamesOf(planned).root, port: { name: 'use-annotation' } };
  const patterns = hasHeader(planned) ? EVERY_PATH : undefined;
  return [{ id: 'alb-ingress', manifest: renderAlbIngress(planned, traffic, { backend, patterns }) }];
}

function hasHeader({ rollout }: Planned): boolean {
  return rollout.kind === 'abTest' || (rollout.kind === 'canary' && rollout.header !== undefined);
}

/**
 * Every path, as a pattern of a listener rule. Argo Rollouts puts the rule for a header first, with a path of the controller's own form,
 * and the controller asks all prefixes before such paths: the header would never be looked at. Other paths are refused beside a header.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/spec/
 */
const EVERY_PATH = ['/*'];

/** The name of the Ingress. */
export function ingressNameOf({ spec }: Planned): string {
  return `${spec.name}-alb`;
}

/** What Argo Rollouts writes to the Ingress: the action with the weights, its own bookkeeping, and the rule for a header. */
export function albIngressFieldsOf(planned: Planned): string[] {
  const annotations = [
    `${PREFIX}/actions.${serviceNamesOf(planned).root}`,
    `${PREFIX}/actions.${MANAGED_ROUTES.header}`,
    `${PREFIX}/conditions.${MANAGED_ROUTES.header}`,
    'rollouts.argoproj.io/managed-alb-actions',
  ];
  return [
    ...annotations.map((key) => `.metadata.annotations["${key}"]`),
    `.spec.rules[].http.paths[] | select(.backend.service.name == "${MANAGED_ROUTES.header}")`,
  ];
}
