import type { Duration } from 'cdk8s';
import { FlaggerWebhook } from './flagger-webhook';
import { instanceOf, listOf, oneOf, optionalSeconds, settingsOf, wholeNumber } from '../values';

/** By what Istio tells the two versions apart under Argo Rollouts. */
export enum IstioSplit {
  /** Two subsets of one Service: calls from outside the mesh reach every pod. */
  SUBSETS = 'SUBSETS',
  /** Two Services. */
  HOSTS = 'HOSTS',
}

/** What becomes of an existing Deployment that a Rollout takes over. */
export enum TakeOver {
  /** It keeps its pods, and so its part of the traffic, until somebody scales it down. */
  NEVER = 'NEVER',
  /** It is scaled down once the Rollout is healthy. Refused with a blue-green release and its `analysis`: argo-rollouts issue 4681. */
  ON_SUCCESS = 'ON_SUCCESS',
  /** It is scaled down as the Rollout's pods become available. */
  PROGRESSIVELY = 'PROGRESSIVELY',
}

/** Whether pods of the old and the new version may share a node. */
export enum VersionAntiAffinity {
  /** They share one only where there is no other. */
  PREFERRED = 'PREFERRED',
  /** They never share one: a release may have to wait for nodes. */
  REQUIRED = 'REQUIRED',
}

/** How many pods of the old version stay while a canary grows. */
export enum StableScale {
  /** All of them: an abort finds the whole capacity. */
  FULL = 'FULL',
  /** As many as its weight needs: fewer pods, and an abort must wait for new ones. */
  DYNAMIC = 'DYNAMIC',
}

/** Settings of Argo Rollouts. */
export interface ArgoRolloutsOptions {
  /**
   * By what Istio tells the two versions apart. `HOSTS` is refused where Istio splits no traffic, and beside a load balancer of AWS.
   * @default IstioSplit.SUBSETS
   */
  readonly istioSplit?: IstioSplit;

  /**
   * Takes over an existing Deployment of the service's name: the Deployment keeps the pod template, and the Rollout refers to it. Needs
   * Argo Rollouts 1.7. Before the first apply `.spec.replicas` must be taken out of what was last applied to the Deployment.
   * @default - none: the Rollout holds the pod template itself, and there is no Deployment
   */
  readonly takeOver?: TakeOver;

  /**
   * Whether pods of both versions may share a node. With `REQUIRED` a release waits where there are not as many further nodes.
   * @default - they may
   */
  readonly antiAffinity?: VersionAntiAffinity;

  /**
   * How many pods of the old version stay while a canary grows. `DYNAMIC` excludes `scaleDownDelay` and load balancers of AWS.
   * @default StableScale.FULL
   */
  readonly stableScale?: StableScale;

  /**
   * How long the pods of the old version stay after traffic has left them, from 30 seconds to 1 day. Refused where it is shorter than the
   * slowest way in needs until the last request to them is answered. A blue-green release has its `bakeTime` instead, and without a way
   * in that splits traffic there is none.
   * @default - 30 seconds, or as long as the slowest way in takes to learn of the change
   */
  readonly scaleDownDelay?: Duration;

  /**
   * How long the pods of a version that was given up stay after traffic has left them, from 30 seconds to 1 day, and no shorter than
   * `scaleDownDelay` must be.
   * @default - as `scaleDownDelay`
   */
  readonly abortScaleDownDelay?: Duration;

  /**
   * A return to one of so many last versions skips steps and analysis, from 1 to 10. Refused of a canary or an A/B test where a way in
   * splits traffic: the first available pods of that version would get all requests (argo-rollouts issue 3941).
   * @default - none: a return is a release like any other
   */
  readonly rollbackWindow?: number;
}

/** Settings of Flagger. */
export interface FlaggerOptions {
  /**
   * What Flagger calls at the stages of a release: tests, load, confirmations. Each by a name of its own.
   * @default - nothing
   */
  readonly webhooks?: FlaggerWebhook[];
}

/** The two places between which a blue-green release without a controller moves. */
export enum Colour {
  /** The Deployment `NAME-blue`. */
  BLUE = 'blue',
  /** The Deployment `NAME-green`. */
  GREEN = 'green',
}

/** Settings of releases without a controller. */
export interface NativeOptions {
  /**
   * The colour of this version in a blue-green release: the one that takes the traffic once it is released, while the other keeps
   * the version before it. Change it together with the image; left as it was, a release replaces the live pods one by one.
   * @default Colour.BLUE
   */
  readonly live?: Colour;
}

/** An engine and its settings, in the planner's form. Each further engine is one more member. */
export type EngineSpec =
  | ArgoRolloutsSpec
  | FlaggerSpec
  | NativeSpec;

/** Argo Rollouts and its settings, in the planner's form. */
export interface ArgoRolloutsSpec {
  readonly kind: 'argoRollouts';
  readonly istioSplit: IstioSplit;
  readonly takeOver?: TakeOver;
  readonly antiAffinity?: VersionAntiAffinity;
  readonly stableScale: StableScale;
  readonly scaleDownDelaySeconds?: number;
  readonly abortScaleDownDelaySeconds?: number;
  readonly rollbackWindow?: number;
}

/** Flagger and its settings, in the planner's form. */
export interface FlaggerSpec {
  readonly kind: 'flagger';
  readonly webhooks: readonly FlaggerWebhook[];
}

/** No controller, and its settings, in the planner's form. */
export interface NativeSpec {
  readonly kind: 'native';
  readonly live?: Colour;
}

/** What moves the traffic from one version to the other. */
export class RolloutEngine {
  /**
   * Argo Rollouts (1.6 or later): a Rollout in place of the Deployment.
   * @see https://argo-rollouts.readthedocs.io/
   */
  static argoRollouts(options: ArgoRolloutsOptions = {}): RolloutEngine {
    const field = 'RolloutEngine.argoRollouts';
    settingsOf(`${field} options`, options);
    return new RolloutEngine({
      kind: 'argoRollouts',
      istioSplit: oneOf(`${field} istioSplit`, options.istioSplit ?? IstioSplit.SUBSETS, 'IstioSplit', IstioSplit),
      takeOver: oneOf(`${field} takeOver`, options.takeOver, 'TakeOver', TakeOver),
      antiAffinity: oneOf(`${field} antiAffinity`, options.antiAffinity, 'VersionAntiAffinity', VersionAntiAffinity),
      stableScale: oneOf(`${field} stableScale`, options.stableScale ?? StableScale.FULL, 'StableScale', StableScale),
      scaleDownDelaySeconds: optionalSeconds(`${field} scaleDownDelay`, options.scaleDownDelay, 30, 86_400),
      abortScaleDownDelaySeconds: optionalSeconds(`${field} abortScaleDownDelay`, options.abortScaleDownDelay, 30, 86_400),
      rollbackWindow: options.rollbackWindow === undefined ? undefined : wholeNumber(`${field} rollbackWindow`, options.rollbackWindow, 1, 10),
    });
  }

  /**
   * Flagger (1.44 or later): a Canary beside the Deployment. It makes and keeps the Services and the routes itself. The selector must be
   * one of the labels `app`, `name` and `app.kubernetes.io/name`, with the service's name as its value.
   * @see https://docs.flagger.app/
   */
  static flagger(options: FlaggerOptions = {}): RolloutEngine {
    const { webhooks = [] } = settingsOf('RolloutEngine.flagger options', options);
    listOf('RolloutEngine.flagger webhooks', webhooks).forEach((webhook, index) =>
      instanceOf(`RolloutEngine.flagger webhooks ${index + 1}:`, webhook, FlaggerWebhook, 'FlaggerWebhook.loadTest(…)'));
    return new RolloutEngine({ kind: 'flagger', webhooks });
  }

  /** No controller: each step is a set of manifests that a pipeline applies, or that `zero-downtime promote` puts into effect. */
  static native(options: NativeOptions = {}): RolloutEngine {
    const { live } = settingsOf('RolloutEngine.native options', options);
    return new RolloutEngine({ kind: 'native', live: oneOf('RolloutEngine.native live', live, 'Colour', Colour) });
  }

  /** @internal */
  readonly _spec: EngineSpec;

  private constructor(spec: EngineSpec) {
    this._spec = spec;
  }
}

/** Reads which engine moves the traffic: Argo Rollouts where nothing is said. */
export function engineSpecOf(name: string, engine: RolloutEngine | undefined): EngineSpec {
  return instanceOf(name, engine ?? RolloutEngine.argoRollouts(), RolloutEngine, 'RolloutEngine.argoRollouts()')._spec;
}
