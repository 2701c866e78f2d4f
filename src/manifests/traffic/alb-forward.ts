import type { PlannedAwsLoadBalancer } from '../../plan/traffic/planned-traffic';
import type { HeaderMatch } from '../../spec/rollout/header-match';

/** A Service whose pods are a target group, and its part of the requests. */
export interface AlbTarget {
  readonly service: string;
  /** In percent. One with 0 keeps its target group, and so its readiness gate. */
  readonly weight: number;
}

/** How an Application Load Balancer divides requests between target groups, whoever sets it up. */
export interface AlbForward {
  readonly traffic: PlannedAwsLoadBalancer;
  readonly targets: readonly AlbTarget[];
  /** Where requests with a header go before all others. */
  readonly header?: HeaderMatch & { readonly service: string };
  /** The cookie that keeps a client with one target group. */
  readonly stickiness?: { readonly enabled: boolean; readonly durationSeconds: number };
}
