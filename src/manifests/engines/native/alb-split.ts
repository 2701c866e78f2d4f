import { Track, trackNameOf } from './track';
import type { Planned } from '../../../plan/planned-service';
import type { PlannedAwsLoadBalancer } from '../../../plan/traffic/planned-traffic';
import type { HeaderMatch } from '../../../spec/rollout/header-match';
import type { Rendered } from '../../manifest';
import type { AlbForward, AlbTarget } from '../../traffic/alb-forward';
import { renderAlbIngress } from '../../traffic/alb-ingress';

/** How a load balancer divides requests between the target groups of two tracks. */
export interface AlbSplit {
  /** In percent, of every track: one with 0 keeps its target group, and so its readiness gate. */
  readonly weights: ReadonlyArray<readonly [track: Track, weight: number]>;
  readonly header?: HeaderMatch;
  /** Where requests with the header go. */
  readonly headerTo?: Track;
  /** How long a client is kept with one version. */
  readonly cookieSeconds?: number;
}

const PREFIX = 'alb.ingress.kubernetes.io';

/** Renders the Ingress of a load balancer that forwards by weight. */
export function renderAlbSplit(planned: Planned, traffic: PlannedAwsLoadBalancer, split: AlbSplit): Rendered {
  const { name } = planned.spec;
  const forward = forwardOf(planned, traffic, split);
  const { targets, header, stickiness } = forward;
  const annotations = {
    [`${PREFIX}/actions.${name}`]: actionOf(planned, targets, stickiness),
    ...(header ? {
      [`${PREFIX}/actions.${name}-header`]: actionOf(planned, [{ service: header.service, weight: 100 }]),
      [`${PREFIX}/conditions.${name}-header`]: JSON.stringify([
        { field: 'http-header', httpHeaderConfig: { httpHeaderName: header.name, values: [header.value] } },
      ]),
    } : {}),
  };
  const manifest = renderAlbIngress(planned, traffic, {
    annotations,
    backend: byAnnotation(name),
    // Rules of one path count in the order in which they are written.
    backendsBefore: header ? [byAnnotation(`${name}-header`)] : [],
  });
  return { id: 'alb-ingress', manifest, forward };
}

function forwardOf(planned: Planned, traffic: PlannedAwsLoadBalancer, split: AlbSplit): AlbForward {
  const { weights, header, headerTo } = split;
  return {
    traffic,
    targets: weights.map(([track, weight]) => ({ service: trackNameOf(planned, track), weight })),
    header: header && headerTo ? { ...header, service: trackNameOf(planned, headerTo) } : undefined,
    stickiness: stickinessOf(traffic, split),
  };
}

function byAnnotation(name: string) {
  return { name, port: { name: 'use-annotation' } };
}

function actionOf({ spec }: Planned, targets: readonly AlbTarget[], targetGroupStickinessConfig?: AlbForward['stickiness']): string {
  const targetGroups = targets.map(({ service, weight }) => ({ serviceName: service, servicePort: spec.servicePort, weight }));
  return JSON.stringify({ type: 'forward', forwardConfig: { targetGroups, targetGroupStickinessConfig } });
}

/**
 * Sticky target groups must be behind a sticky rule: AWS refuses it otherwise. A cookie that holds only for a release is not heeded
 * once all weight is with one version: it would lead to a target group without targets, whatever the weights.
 */
function stickinessOf(traffic: PlannedAwsLoadBalancer, { weights, cookieSeconds }: AlbSplit): AlbForward['stickiness'] {
  const durationSeconds = traffic.stickinessSeconds ?? cookieSeconds;
  const isDivided = weights.filter(([, weight]) => weight > 0).length > 1;
  return durationSeconds === undefined ? undefined : { enabled: traffic.stickinessSeconds !== undefined || isDivided, durationSeconds };
}
