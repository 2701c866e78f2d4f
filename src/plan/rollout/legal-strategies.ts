import type { ByWay, EngineKind, Refusal } from './verdict';

/** The releases in which two versions run side by side. */
export type Strategy = 'canary' | 'abTest' | 'blueGreen';

const NLB_HAS_NO_WEIGHTS: Refusal = {
  because: 'a Network Load Balancer forwards connections and knows neither weights nor headers',
  instead: 'use Traffic.awsLoadBalancer, or Rollout.rolling',
  source: 'AWS: a listener of a Network Load Balancer forwards to one target group; Argo Rollouts and Flagger have no router for it',
};
const TARGETS_ARE_REPLACED: Refusal = {
  because: 'another selector exchanges all targets of the load balancer at once, and it answers 503 until it knows the new ones',
  instead: 'use RolloutEngine.native, which moves weights, or Rollout.canary',
  source: 'argo-rollouts docs/features/bluegreen.md; issue 4834; aws-load-balancer-controller docs/guide/use_cases/blue_green',
};
const NLB_TARGETS_ARE_REPLACED: Refusal = { ...TARGETS_ARE_REPLACED, instead: 'use Rollout.rolling', source: 'aws-load-balancer-controller issues 2366, 3270' };
const FLAGGER_HAS_NO_ROUTER: Refusal = {
  because: 'Flagger has no router for it',
  instead: 'use RolloutEngine.argoRollouts',
  source: 'flagger pkg/router/factory.go',
};
const FLAGGER_HAS_NO_GRPC_ROUTE: Refusal = {
  because: 'Flagger writes HTTPRoutes only',
  instead: 'use Traffic.httpRoute, or RolloutEngine.argoRollouts',
  source: 'flagger pkg/router/gateway_api.go; issue 1935',
};
const FLAGGER_NEEDS_A_ROUTER: Refusal = {
  because: 'without a way in that splits traffic Flagger moves all of it at once',
  instead: 'use Rollout.blueGreen, or add a way in such as Traffic.istio',
  source: 'flagger pkg/controller/scheduler.go: with the provider kubernetes neither weights nor matches are supported',
};
const HEADERS_NEED_A_ROUTER: Refusal = {
  because: 'a Service does not look at headers',
  instead: 'add a way in such as Traffic.istio, or use Rollout.canary',
  source: 'Kubernetes: kube-proxy forwards connections; argo-rollouts validation.go: setHeaderRoute requires trafficRouting',
};
/** Which engine can do which release through which way in. */
export const STRATEGIES: Readonly<Record<EngineKind, Readonly<Record<Strategy, ByWay>>>> = {
  argoRollouts: {
    canary: { networkLoadBalancer: NLB_HAS_NO_WEIGHTS },
    abTest: { clusterInternal: HEADERS_NEED_A_ROUTER, networkLoadBalancer: NLB_HAS_NO_WEIGHTS },
    blueGreen: { awsLoadBalancer: TARGETS_ARE_REPLACED, networkLoadBalancer: NLB_TARGETS_ARE_REPLACED },
  },
  flagger: {
    canary: {
      clusterInternal: FLAGGER_NEEDS_A_ROUTER,
      awsLoadBalancer: FLAGGER_HAS_NO_ROUTER,
      networkLoadBalancer: NLB_HAS_NO_WEIGHTS,
      grpcRoute: FLAGGER_HAS_NO_GRPC_ROUTE,
    },
    abTest: {
      clusterInternal: FLAGGER_NEEDS_A_ROUTER,
      awsLoadBalancer: FLAGGER_HAS_NO_ROUTER,
      networkLoadBalancer: NLB_HAS_NO_WEIGHTS,
      grpcRoute: FLAGGER_HAS_NO_GRPC_ROUTE,
    },
    blueGreen: {
      awsLoadBalancer: { ...FLAGGER_HAS_NO_ROUTER, instead: 'use Rollout.canary with RolloutEngine.argoRollouts' },
      networkLoadBalancer: NLB_TARGETS_ARE_REPLACED,
      grpcRoute: FLAGGER_HAS_NO_GRPC_ROUTE,
    },
  },
  native: {
    canary: { networkLoadBalancer: NLB_HAS_NO_WEIGHTS },
    abTest: { clusterInternal: HEADERS_NEED_A_ROUTER, networkLoadBalancer: NLB_HAS_NO_WEIGHTS },
    blueGreen: { networkLoadBalancer: NLB_TARGETS_ARE_REPLACED },
  },
};
