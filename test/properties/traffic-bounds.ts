import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import type { Protocol, Traffic } from 'zero-downtime';
import { hosts, maybe } from './text-arbitraries';

/** What a way in must outlast, and what it may rely on. */
export interface Behind {
  readonly longestRequest: number;
  /** The longest of a request and a connection. */
  readonly longest: number;
  /** Whether streams are declared, which a proxy's timeout would end. */
  readonly hasStreams: boolean;
  /** How readiness is asked: a load balancer may be able to ask the same. */
  readonly readiness: 'http' | 'grpc' | 'tcp' | 'exec';
  /** Whether every zone has two pods, on a cluster that can keep traffic in its zone. */
  readonly canKeepZone: boolean;
  readonly protocol: Protocol;
  readonly kubernetesMinor: number;
}

/** What is known once every way in and every override is. */
export interface Ending {
  /** Seconds from a pod's deletion until its program has ended: preStop and the drain. */
  readonly programEnd: number;
  /** The largest share of the pods that may be ejected, in percent. */
  readonly ejectable: number;
}

/** A way in, with the bounds that the rest of the declaration must keep. */
export interface DeclaredTraffic {
  readonly traffic: (ending: Ending) => Traffic;
  readonly propagation: number;
  readonly idleTimeout: number;
  readonly deregistrationDelay: number;
  readonly isIdempotent?: boolean;
  /** The time in which a new target's share grows, which a new pod must have behind it. */
  readonly slowStart?: number;
  /** How much longer than the program its proxy goes on, which the grace period must outlast. */
  readonly proxySlack?: number;
}

/** A proxy's timeout lies above what it waits for by at least this much. */
export const MARGIN = 5;

export const TLS_SECRET = 'tls-certificate';
export const ARN = 'arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012';

/** A bound of the team's, or of the docstring. */
export function orDefault(seconds: Duration | undefined, fallback: number): number {
  return seconds?.toSeconds() ?? fallback;
}

export function durations(min: number, max: number): fc.Arbitrary<Duration> {
  return fc.integer({ min, max }).map((seconds) => Duration.seconds(seconds));
}

/** A number of seconds above something that is known only later. */
export function above(slack: number | undefined, bound: number): Duration | undefined {
  return slack === undefined ? undefined : Duration.seconds(bound + slack);
}

export const slacks = maybe(fc.integer({ min: 0, max: 100 }));
export const propagations = maybe(durations(1, 120));
export const hostLists = fc.uniqueArray(hosts, { minLength: 1, maxLength: 5 });
