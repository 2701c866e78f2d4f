import type { Count } from '../cluster/count';

/** A span of seconds: an event comes no earlier than `atLeast` and no later than `atMost` after another. */
export interface Interval {
  readonly atLeast: number;
  readonly atMost: number;
}

export type { Count };

/** How the controller replaces pods. */
export type Strategy =
  | { readonly kind: 'rollingUpdate'; readonly maxSurge: Count; readonly maxUnavailable: Count }
  /** All old pods end before the first new one is created. */
  | { readonly kind: 'recreate' }
  /** A StatefulSet: one pod after the other, each ended before its successor is created. */
  | { readonly kind: 'oneByOne'; readonly maxUnavailable: Count }
  /** Old pods stay in full number beside the new ones, and go a while after the traffic has moved (Argo Rollouts, Flagger). */
  | { readonly kind: 'switchOver'; readonly scaleDownDelaySeconds: number };

/** What decides when a new pod may be sent requests. */
export interface StartModel {
  /** From a pod's creation until its program accepts connections. */
  readonly accepts: Interval;
  /** Whether Kubernetes calls a pod ready only once its program has said so: there is a readiness or startup probe. */
  readonly gated: boolean;
  /** From the program accepting until Kubernetes has noticed: the probe's period. 0 where nothing probes. */
  readonly noticedWithinSeconds: number;
}

/** What happens to a pod from its deletion on. All times run from the deletion. */
export interface TerminationModel {
  readonly gracePeriodSeconds: number;
  /** How long the preStop hook holds SIGTERM back. 0 to 0 where there is none. */
  readonly preStop: Interval;
  /** How much later than asked the kubelet may end a hook or send a signal. */
  readonly kubeletSeconds: number;
  /** `drains`: on SIGTERM it stops accepting, finishes what it has accepted, and exits. `exitsAtOnce`: it is gone with SIGTERM. */
  readonly shutdown: 'drains' | 'exitsAtOnce';
  /** After how many seconds of draining the program exits whatever is in flight. */
  readonly drainSeconds: number;
  /**
   * Where a proxy of the pod's own stands before the program and ends by a clock of its own (a plain Istio sidecar):
   * after how many seconds it takes no more connections, and after how many it ends and cuts what it carries.
   */
  readonly proxy?: { readonly acceptsSeconds: number; readonly endsSeconds: number };
}

/** One way on which requests reach the pods. */
export interface WayIn {
  /** The name that assumptions use: `clusterInternal`, `awsLoadBalancer`, `istio` … */
  readonly path: string;
  /** The object by which requests come, for example `Service shop/payments`. */
  readonly through: string;
  /** From a pod's deletion until nobody on this way opens a new connection to it. */
  readonly detach: Interval;
  /** From a pod's readiness until this way sends requests to it. */
  readonly attach: Interval;
  /**
   * Whether everybody on this way learns of changes in the order in which they happened, as from one list of endpoints: who has
   * dropped an old pod then knows every pod that was ready before. False for load balancers, which add and remove targets apart.
   */
  readonly inOrder: boolean;
  /** Whether pods that are ending are sent requests while no other pod is ready (kube-proxy since Kubernetes 1.28). */
  readonly fallsBackToTerminating: boolean;
  /** Whether pods are sent requests before they are ready (`publishNotReadyAddresses`). */
  readonly routesUnready: boolean;
  /** Whether a pod counts as ready only after this way has taken it in (a readiness gate). */
  readonly readinessGate: boolean;
  /**
   * Who keeps connections to a pod open after this way has dropped it. `client`: clients themselves, who go on sending requests
   * on them until the program closes them. `none`: the proxy sends no new request on them.
   */
  readonly keptBy: 'client' | 'none';
  /** After how many seconds from `detach` a load balancer cuts what is in flight (deregistration delay). Absent: never. */
  readonly cutsAfterSeconds?: number;
  /** After how many idle seconds the client side of this way gives up a kept connection. Absent: not known, or nobody keeps any. */
  readonly idleTimeoutSeconds?: number;
}

/** A disruption budget as it applies to the workload. */
export type Budget = { readonly minAvailable: Count } | { readonly maxUnavailable: Count };

/**
 * One workload as the verifier sees it. Every bound is closed and in whole seconds; what manifests cannot show has been settled
 * by an assumption before.
 */
export interface WorkloadModel {
  /** For example `Deployment shop/payments`. */
  readonly workload: string;
  /** What an autoscaler may make of the number; equal where nothing scales it. */
  readonly replicas: { readonly min: number; readonly max: number };
  readonly strategy: Strategy;
  readonly minReadySeconds: number;
  /** After how many seconds without progress a release counts as failed. Absent: never. */
  readonly progressDeadlineSeconds?: number;
  readonly start: StartModel;
  readonly termination: TerminationModel;
  /** How long a request may last that must not be cut. */
  readonly longestRequestSeconds: number;
  /** `announced`: the program tells who keeps a connection that it closes it, or that side repeats what was never read. */
  readonly keptConnections: 'announced' | 'closed';
  /** After how many idle seconds the program closes a kept connection. Absent: not known. */
  readonly keepAliveSeconds?: number;
  readonly budget?: Budget;
  /** How many evictions (node drains) may fall into one release. */
  readonly evictions: number;
  /** How many pods must be sent requests for the load to be carried. 1 where nothing was said. */
  readonly requiredReady: number;
  readonly waysIn: readonly WayIn[];
}
