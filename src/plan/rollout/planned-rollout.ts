import type { Pods } from '../../spec/pods';
import type { HeaderMatch } from '../../spec/rollout/header-match';
import type { RollingSpec } from '../../spec/rollout/rolling';
import type { Colour, EngineSpec } from '../../spec/rollout/rollout-engine';
import type { PlannedAnalysis } from '../analysis/planned-analysis';

/** The ways in that can split traffic between two versions. */
export type RouterKind = 'istio' | 'awsLoadBalancer' | 'ingressNginx' | 'httpRoute' | 'grpcRoute';

/** One share of a canary. */
export interface PlannedStep {
  /** In percent of the traffic. */
  readonly weight: number;
  /** How long it is held. */
  readonly seconds: number;
  /** Whether somebody must approve of what comes after it. */
  readonly awaitsApproval: boolean;
  /**
   * The pods of the new version while it is held: at the most replicas, except where a release without a controller makes shares of
   * pods alone, which it does at the fewest. Without a controller never fewer than before.
   */
  readonly pods: number;
}

/** How often Flagger looks at a release, and acts. Times are in seconds. */
export interface PlannedLoop {
  /** Of a canary each share is held for one interval. */
  readonly interval: number;
  /** How many intervals a version is tried for before it is promoted. Absent of a canary, whose shares are counted. */
  readonly iterations?: number;
}

interface PlannedSwitch {
  readonly engine: EngineSpec;
  /** The ways in that carry the shares; none where only numbers of pods do. */
  readonly routers: readonly RouterKind[];
  /** The longest time until every way in has learnt of a change of weights or targets, in seconds. */
  readonly propagation: number;
  /**
   * How long the old version's pods stay after traffic has left them, in seconds. 0 where the engine takes no such number: Flagger, and
   * a canary of Argo Rollouts without a way in that splits traffic, or with a stable version that shrinks.
   */
  readonly scaleDownDelay: number;
  /** The same for a version that was given up. */
  readonly abortScaleDownDelay: number;
  /** How long a release may make no progress before it counts as failed, in seconds. */
  readonly progressDeadline: number;
  readonly analysis?: PlannedAnalysis;
  /** How a Deployment of this engine is replaced pod by pod. Absent where none is: the engine counts its pods itself. */
  readonly rollingUpdate?: { readonly maxSurge: Pods; readonly maxUnavailable: Pods };
  /** Under Flagger alone. */
  readonly loop?: PlannedLoop;
}

/** A cookie by which clients stay with the version that answered them first. */
export interface PlannedSessionCookie {
  readonly name: string;
  readonly maxAgeSeconds: number;
}

/** A new version that takes growing shares. */
export interface PlannedCanary extends PlannedSwitch {
  readonly kind: 'canary';
  readonly steps: readonly PlannedStep[];
  readonly header?: HeaderMatch;
  readonly mirrorPercent?: number;
  /** The pods of the new version while it gets copies, at the most replicas. Absent without a mirror, and under Flagger. */
  readonly mirrorPods?: number;
  readonly sessionCookie?: PlannedSessionCookie;
}

/** A new version that takes requests with a header. */
export interface PlannedAbTest extends PlannedSwitch {
  readonly kind: 'abTest';
  readonly header: HeaderMatch;
  /** How long it is tried. */
  readonly seconds: number;
  /** The pods of the new version while it is tried, at the most replicas. */
  readonly pods: number;
}

/** A new version that takes everything at once. */
export interface PlannedBlueGreen extends PlannedSwitch {
  readonly kind: 'blueGreen';
  readonly awaitsApproval: boolean;
  readonly previewAnalysis?: PlannedAnalysis;
  /** Absent where the preview has as many pods as the old version. */
  readonly previewPods?: Pods;
  /** The same as a number of pods, at the most replicas. */
  readonly previewReplicas?: number;
  /** The colour of this version: it takes the traffic once it is released. Without a controller alone. */
  readonly live?: Colour;
}

/** How a new version takes over, decided. */
export type PlannedRollout = RollingSpec | PlannedCanary | PlannedAbTest | PlannedBlueGreen;
