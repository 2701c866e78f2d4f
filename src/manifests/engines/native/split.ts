import type { NativeRollout } from './native-rollout';
import type { HeaderMatch } from '../../../spec/rollout/header-match';

/** How requests are divided between the stable version and the canary. */
export interface Split {
  /** The canary's share, in percent. */
  readonly weight: number;
  /** Requests with it go to the canary, whatever its share. */
  readonly header?: HeaderMatch;
  /** The share of the requests of which the canary gets a copy, in percent. */
  readonly mirrorPercent?: number;
}

/** Between releases: the stable version answers everything. */
export const ALL_STABLE: Split = { weight: 0 };

/** Whether the canary gets any request at all. */
export function isCanaryUsed({ weight, header, mirrorPercent }: Split): boolean {
  return weight > 0 || header !== undefined || mirrorPercent !== undefined;
}

/** How long a client is kept with one version by the load balancer's cookie, in seconds. */
export function cookieSecondsOf(rollout: NativeRollout): number | undefined {
  return rollout.kind === 'canary' ? rollout.sessionCookie?.maxAgeSeconds : undefined;
}
