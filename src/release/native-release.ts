import type { ReleaseStep, TrackedDeployment } from './release-step';
import type { Destinations } from './tracks';
import type { ClusterObject, Identity } from '../cluster/identity';

/** A share that the new version takes, and what puts it into effect. */
export interface ReleaseShare {
  /** In percent; 0 where only some requests, or copies of requests, go to the new version. */
  readonly percent: number;
  readonly steps: readonly ReleaseStep[];
}

/** A release without a controller, as its manifests tell it. */
export interface NativeRelease {
  readonly kind: 'canary' | 'blueGreen';
  readonly namespace: string;
  /** The service's name. */
  readonly name: string;
  /** The place of the version that is being released, and of the one before it. */
  readonly next: string;
  readonly last: string;
  /** The Deployments of both tracks. */
  readonly deployments: ReadonlyMap<string, Identity>;
  /** Every route of the release, once. */
  readonly routes: readonly ClusterObject[];
  readonly destinations: Destinations;
  /** What must be there before the first step: Services, DestinationRules and ConfigMaps. */
  readonly prepared: readonly ClusterObject[];
  /** The steps by which the new version gets pods and shares. */
  readonly growth: readonly ReleaseStep[];
  readonly shares: readonly ReleaseShare[];
  /** The steps to the end. */
  readonly promotion: readonly ReleaseStep[];
  readonly rollback: readonly ReleaseStep[];
  /** The Deployment that gets the new version when a canary has proved itself; none under blue-green. */
  readonly stable?: TrackedDeployment;
  /** After how many seconds every way in has learnt of a change of weights. */
  readonly propagationSeconds: number;
}
