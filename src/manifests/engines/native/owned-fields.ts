import { type NativeRollout, tracksOf } from './native-rollout';
import { TRACK_LABEL, trackNameOf } from './track';
import type { Planned } from '../../../plan/planned-service';
import type { PlannedTraffic } from '../../../plan/traffic/planned-traffic';
import type { OwnedFields } from '../owned-object';

const ALB = 'alb.ingress.kubernetes.io';
const NGINX = 'nginx.ingress.kubernetes.io';

/**
 * What the steps of a release change in the manifests between releases, and change back or leave to the next release: routes, the
 * selectors of two colours, and whether an autoscaler may remove pods. The canary's own objects are not among those manifests.
 */
export function nativeOwnedFields(planned: Planned, rollout: NativeRollout): OwnedFields[] {
  const routes = rollout.kind === 'blueGreen' ? colourRoutes(planned) : planned.traffic.flatMap((traffic) => splitRoute(planned, rollout, traffic));
  return [...routes, ...heldAutoscaler(planned, rollout)].filter(({ jqPathExpressions }) => jqPathExpressions.length > 0);
}

function splitRoute(planned: Planned, rollout: Exclude<NativeRollout, { kind: 'blueGreen' }>, traffic: PlannedTraffic): OwnedFields[] {
  const { name } = planned.spec;
  // An A/B test moves no share: what has the header moves.
  const weights = (expression: string) => rollout.kind === 'canary' ? [expression] : [];
  const header = rollout.header !== undefined;
  const mirrored = rollout.kind === 'canary' && rollout.mirrorPercent !== undefined;
  switch (traffic.kind) {
    case 'istio': return [{
      group: 'networking.istio.io',
      kind: 'VirtualService',
      name,
      jqPathExpressions: [
        ...weights('.spec.http[] | select(.name == "primary") | .route[].weight'),
        ...(header ? ['.spec.http[] | select(.name == "header")'] : []),
        ...(mirrored ? ['.spec.http[] | select(.name == "primary") | .mirror', '.spec.http[] | select(.name == "primary") | .mirrorPercentage'] : []),
      ],
    }];
    case 'awsLoadBalancer': return [{
      ...albIngress(planned),
      jqPathExpressions: [
        ...weights(annotation(`${ALB}/actions.${name}`)),
        ...(header ? [
          annotation(`${ALB}/actions.${name}-header`),
          annotation(`${ALB}/conditions.${name}-header`),
          `.spec.rules[].http.paths[] | select(.backend.service.name == "${name}-header")`,
        ] : []),
      ],
    }];
    case 'ingressNginx': return [{
      group: 'networking.k8s.io',
      kind: 'Ingress',
      name: trackNameOf(planned, 'canary'),
      jqPathExpressions: [
        ...weights(annotation(`${NGINX}/canary-weight`)),
        ...(header ? [annotation(`${NGINX}/canary-by-header`), annotation(`${NGINX}/canary-by-header-value`)] : []),
        '.spec.rules[].http.paths[].backend.service.name',
      ],
    }];
    case 'httpRoute':
    case 'grpcRoute': return [{
      group: 'gateway.networking.k8s.io',
      kind: traffic.kind === 'httpRoute' ? 'HTTPRoute' : 'GRPCRoute',
      name,
      jqPathExpressions: [
        ...weights('.spec.rules[].backendRefs[].weight'),
        ...(header ? ['.spec.rules[] | select(any(.matches[]?; has("headers")))'] : []),
      ],
    }];
    case 'clusterInternal':
    case 'networkLoadBalancer': return [];
  }
}

function colourRoutes(planned: Planned): OwnedFields[] {
  const { name } = planned.spec;
  const selector = { group: '', kind: 'Service', jqPathExpressions: [`.spec.selector["${TRACK_LABEL}"]`, `.metadata.labels["${TRACK_LABEL}"]`] };
  const alb = planned.traffic.some(({ kind }) => kind === 'awsLoadBalancer')
    ? [{ ...albIngress(planned), jqPathExpressions: [annotation(`${ALB}/actions.${name}`)] }] : [];
  return [{ ...selector, name }, { ...selector, name: `${name}-preview` }, ...alb];
}

/** Only the version before the new one is held, and of two colours that one is not among the manifests. */
function heldAutoscaler({ spec: { name, replicas: { _scaler: scaler } } }: Planned, rollout: NativeRollout): OwnedFields[] {
  if (!scaler || tracksOf(rollout).last !== 'stable') {
    return [];
  }
  return [scaler.kind === 'scaledObject' ? {
    group: 'keda.sh',
    kind: 'ScaledObject',
    name,
    jqPathExpressions: ['.spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.selectPolicy'],
  } : { group: 'autoscaling', kind: 'HorizontalPodAutoscaler', name, jqPathExpressions: ['.spec.behavior.scaleDown.selectPolicy'] }];
}

function albIngress({ spec }: Planned) {
  return { group: 'networking.k8s.io', kind: 'Ingress', name: `${spec.name}-alb` };
}

function annotation(key: string): string {
  return `.metadata.annotations["${key}"]`;
}
