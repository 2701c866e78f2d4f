import type { Duration } from 'cdk8s';

/** Where a connection from inside the cluster goes first. */
export enum TrafficDistribution {
  /** To any ready pod. */
  ANY = 'ANY',
  /**
   * To a pod in the client's zone where one is ready (`trafficDistribution`). Needs Kubernetes 1.31, the number of zones
   * (`Spread`), and two replicas a zone, so that a release does not empty one; refused otherwise.
   */
  SAME_ZONE = 'SAME_ZONE',
}

/** Calls from inside the cluster to the Service. */
export interface ClusterInternalOptions {
  /**
   * Which pod a connection goes to.
   * @default TrafficDistribution.ANY
   */
  readonly distribution?: TrafficDistribution;

  /**
   * How long connections from one client address go to the same pod, from 1 second to 1 day. Sessions end when their
   * pod is replaced, so this wants `Risk.sessionAffinity` accepted.
   * @default - no affinity
   */
  readonly clientIpAffinity?: Duration;

  /**
   * The time from a pod's deletion until no node sends it a new connection.
   *
   * Measured on one node: at most 1.2 seconds, which is kube-proxy's `minSyncPeriod`. Kubernetes states no bound; with
   * many nodes and endpoints 5 to 10 seconds are engineering judgement.
   * @default Duration.seconds(10)
   */
  readonly propagation?: Duration;
}
