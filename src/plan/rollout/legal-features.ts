import type { Strategy } from './legal-strategies';
import type { ByWay, EngineKind, Refusal, WayKind } from './verdict';
import { StableScale } from '../../spec/rollout/rollout-engine';
import type { ServiceSpec } from '../../spec/service-spec';
import { quoted } from '../../spec/values';

/** Something that a declaration may ask of a release besides its kind. */
export interface Feature {
  readonly strategies: readonly Strategy[];
  /** How the declaration calls it. */
  readonly name: string;
  /** The value that was asked for, as a message shows it, or nothing where it was not. */
  readonly askedBy: (spec: ServiceSpec) => string | undefined;
  /** The only way in that has it, where it is a setting of one. */
  readonly way?: WayKind;
  /** Through each way in. An engine that is not named can do it through every one. */
  readonly verdicts: Readonly<Partial<Record<EngineKind, ByWay>>>;
}

const everywhere = (refusal: Refusal): ByWay => ({ otherwise: refusal });

const PODS_ARE_SHARES: Refusal = {
  because: 'without a way in that splits traffic the numbers of pods are the shares',
  instead: 'add a way in such as Traffic.istio, or leave it out',
  source: 'argo-rollouts validation.go: these fields need trafficRouting',
};
const MATCHES_TAKE_ALL: Refusal = {
  because: 'Flagger sends either matching requests or a share to the new version, and never both',
  instead: 'use Rollout.abTest, or leave it out',
  source: 'flagger docs/gitbook/usage/deployment-strategies.md: with a match maxWeight and stepWeight are ignored',
};
const MIRROR_NEEDS_ISTIO: Refusal = {
  because: 'of the routes that it writes only those of Istio mirror requests',
  instead: 'use Traffic.istio, or leave it out',
  source: 'argo-rollouts validation.go: setMirrorRoute supports Istio only (plugins since pull request 4643); flagger pkg/router/ingress.go',
};
const FLAGGER_MIRRORS_ALL: Refusal = {
  because: 'Flagger mirrors through it in blue-green releases only, and all requests',
  instead: 'use Traffic.istio, or leave it out',
  source: 'flagger pkg/router/gateway_api.go',
};
const NO_ROUTER_KEEPS_CLIENTS: Refusal = {
  because: 'its routers keep no client with one version, and the cookies of load balancers exclude ping-pong Services',
  instead: 'use RolloutEngine.flagger with Traffic.istio or Traffic.httpRoute, or leave it out',
  source: 'argo-rollouts issue 2726: ping-pong and stickiness',
};
const FLAGGER_NGINX_KEEPS_NO_CLIENT: Refusal = {
  because: 'Flagger keeps clients with one version through Istio and the Gateway API only',
  instead: 'use Traffic.istio or Traffic.httpRoute, or leave it out',
  source: 'flagger docs/gitbook/usage/deployment-strategies.md: session affinity; pull requests 1783 and 1861',
};
const ROUTES_KEEP_NO_CLIENT: Refusal = {
  because: 'of the routes that the steps write only a load balancer of AWS keeps a client with one version',
  instead: 'use RolloutEngine.flagger with Traffic.istio or Traffic.httpRoute, or leave it out',
  source: 'AWS: targetGroupStickinessConfig of a weighted forward',
};
const PING_PONG_SWAPS: Refusal = {
  because: 'the Services of a ping-pong release change their roles, and cookies lead to the other version',
  instead: 'leave it out, and keep sessions outside the pods',
  source: 'argo-rollouts issue 2726',
};
const PRIMARY_IS_REPLACED: Refusal = {
  because: 'Flagger replaces the old version\'s pods when it promotes the new one, and nothing is left of it',
  instead: 'leave it out, or use RolloutEngine.argoRollouts',
  source: 'flagger docs/gitbook/usage/deployment-strategies.md; issue 453',
};
const FLAGGER_SCALES_FULLY: Refusal = {
  because: 'Flagger gives the new version the replicas of its Deployment, or what its autoscaler wants',
  instead: 'leave it out, or use RolloutEngine.argoRollouts',
  source: 'flagger pkg/canary/deployment_controller.go: ScaleFromZero',
};
const FLAGGER_MAKES_SERVICES: Refusal = {
  because: 'Flagger makes the Services itself and sets no affinity',
  instead: 'leave it out, and keep sessions outside the pods',
  source: 'flagger.app/v1beta1 Canary: spec.service has no sessionAffinity',
};
const STABLE_LEAVES_TOO_SOON: Refusal = {
  because: 'pods of the old version are removed before the load balancer has learnt that requests no longer go to them',
  instead: 'leave it at StableScale.FULL',
  source: 'argo-rollouts issues 3681, 4595 and 4828',
};

const ALL_AT_ONCE: Refusal = {
  because: 'a return within it sends all requests to the first pods of the old version that are available',
  instead: 'leave it out: a return is a release like any other',
  source: 'argo-rollouts issue 3941, open, and pull request 4612',
};

/** What only some engines can do, or only through some ways in. */
export const FEATURES: readonly Feature[] = [
  {
    strategies: ['canary'],
    name: 'header',
    askedBy: ({ rollout }) => rollout.kind === 'canary' && rollout.header ? quoted(rollout.header.name) : undefined,
    verdicts: {
      argoRollouts: { clusterInternal: PODS_ARE_SHARES }, flagger: everywhere(MATCHES_TAKE_ALL), native: { clusterInternal: PODS_ARE_SHARES },
    },
  },
  {
    strategies: ['canary'],
    name: 'mirrorPercent',
    askedBy: ({ rollout }) => rollout.kind === 'canary' && rollout.mirrorPercent !== undefined ? `${rollout.mirrorPercent}%` : undefined,
    verdicts: {
      argoRollouts: { istio: undefined, otherwise: MIRROR_NEEDS_ISTIO },
      flagger: { istio: undefined, ingressNginx: MIRROR_NEEDS_ISTIO, otherwise: FLAGGER_MIRRORS_ALL },
      native: { istio: undefined, otherwise: MIRROR_NEEDS_ISTIO },
    },
  },
  {
    strategies: ['canary'],
    name: 'sessionCookie',
    askedBy: ({ rollout }) => rollout.kind === 'canary' && rollout.sessionCookie ? rollout.sessionCookie.name ?? '' : undefined,
    verdicts: {
      argoRollouts: everywhere(NO_ROUTER_KEEPS_CLIENTS),
      flagger: { ingressNginx: FLAGGER_NGINX_KEEPS_NO_CLIENT },
      native: { awsLoadBalancer: undefined, otherwise: ROUTES_KEEP_NO_CLIENT },
    },
  },
  {
    strategies: ['canary', 'abTest'],
    name: 'awsLoadBalancer.stickiness',
    way: 'awsLoadBalancer',
    askedBy: ({ traffic }) => traffic.some((way) => way.kind === 'awsLoadBalancer' && way.options.stickiness !== undefined) ? '' : undefined,
    verdicts: { argoRollouts: { awsLoadBalancer: PING_PONG_SWAPS } },
  },
  {
    strategies: ['canary', 'abTest', 'blueGreen'],
    name: 'clusterInternal.clientIpAffinity',
    askedBy: ({ traffic }) => traffic.some((way) => way.kind === 'clusterInternal' && way.options.clientIpAffinity !== undefined) ? '' : undefined,
    verdicts: { flagger: everywhere(FLAGGER_MAKES_SERVICES) },
  },
  {
    strategies: ['canary', 'abTest'],
    name: 'argoRollouts.stableScale DYNAMIC',
    askedBy: ({ rollout }) => engineOf(rollout)?.stableScale === StableScale.DYNAMIC ? '' : undefined,
    verdicts: { argoRollouts: { clusterInternal: PODS_ARE_SHARES, awsLoadBalancer: STABLE_LEAVES_TOO_SOON } },
  },
  {
    strategies: ['canary', 'abTest'],
    name: 'argoRollouts.scaleDownDelay',
    askedBy: ({ rollout }) => seconds(engineOf(rollout)?.scaleDownDelaySeconds),
    verdicts: { argoRollouts: { clusterInternal: PODS_ARE_SHARES } },
  },
  {
    strategies: ['canary', 'abTest'],
    name: 'argoRollouts.abortScaleDownDelay',
    askedBy: ({ rollout }) => seconds(engineOf(rollout)?.abortScaleDownDelaySeconds),
    verdicts: { argoRollouts: { clusterInternal: PODS_ARE_SHARES } },
  },
  {
    strategies: ['canary', 'abTest'],
    name: 'argoRollouts.rollbackWindow',
    askedBy: ({ rollout }) => engineOf(rollout)?.rollbackWindow?.toString(),
    verdicts: { argoRollouts: { clusterInternal: undefined, otherwise: ALL_AT_ONCE } },
  },
  {
    strategies: ['blueGreen'],
    name: 'bakeTime',
    askedBy: ({ rollout }) => rollout.kind === 'blueGreen' ? seconds(rollout.bakeSeconds) : undefined,
    verdicts: { flagger: everywhere(PRIMARY_IS_REPLACED) },
  },
  {
    strategies: ['blueGreen'],
    name: 'previewPods',
    askedBy: ({ rollout }) => rollout.kind === 'blueGreen' ? rollout.previewPods?.toString() : undefined,
    verdicts: { flagger: everywhere(FLAGGER_SCALES_FULLY) },
  },
];

function engineOf(rollout: ServiceSpec['rollout']) {
  return rollout.kind !== 'rolling' && rollout.engine.kind === 'argoRollouts' ? rollout.engine : undefined;
}

function seconds(value: number | undefined): string | undefined {
  return value === undefined ? undefined : `${value}s`;
}
