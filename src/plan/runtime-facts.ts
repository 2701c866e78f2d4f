import type { Planned } from './planned-service';
import { RUNTIME_PREFIX } from '../spec/container-spec';

/** The prefix of the annotations that state what manifests do not otherwise show. */
export const FACT_PREFIX = 'zero-downtime/';

type Facts = Omit<Planned, 'runtimeFacts' | 'factAnnotations'>;

/** What a program may read about its own timings, as environment variables. */
export function runtimeFactsOf({ spec, termination, keepAlive }: Facts): Record<string, string> {
  const readiness = spec.health.readiness._action;
  const liveness = spec.health.liveness._action;
  const startup = spec.health.startup._action;
  const facts: Record<string, string | number | undefined> = {
    PORT: spec.port,
    LONGEST_REQUEST_SECONDS: spec.longestRequest.seconds,
    PRE_STOP_SECONDS: termination.preStop.value,
    DRAIN_SECONDS: termination.drain.value,
    TERMINATION_GRACE_PERIOD_SECONDS: termination.gracePeriod.value,
    KEEP_ALIVE_SECONDS: keepAlive.timeout?.value,
    MAX_CONNECTION_AGE_SECONDS: keepAlive.maxConnectionAge?.value,
    READINESS_PATH: readiness.kind === 'http' ? readiness.path : undefined,
    LIVENESS_PATH: liveness.kind === 'http' ? liveness.path : undefined,
    STARTUP_PATH: startup.kind === 'http' ? startup.path : undefined,
    POOL_SIZE: spec.database?.poolSize,
  };
  return Object.fromEntries(Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [RUNTIME_PREFIX + name, String(value)]));
}

/** What a reader, or a checker that sees only manifests, cannot know otherwise, as annotations of the Deployment. */
export function factAnnotationsOf({ spec, termination, keepAlive, paths, warnings }: Facts): Record<string, string> {
  const facts: Record<string, string | number | undefined> = {
    'starts-within-seconds': spec.startsWithin.seconds,
    'longest-request-seconds': spec.longestRequest.seconds,
    'shutdown': spec.shutdown.isDraining ? 'drains' : 'exits-at-once',
    'drain-seconds': termination.drain.value,
    'keep-alive-seconds': keepAlive.timeout?.value,
    'max-connection-age-seconds': spec.maxConnectionAgeSeconds,
    'pool-size': spec.database?.poolSize,
    'max-connections': spec.database?.maxConnections,
    'reserved-connections': spec.database?.reservedConnections,
    'readiness-gates': paths.some(({ isGated }) => isGated) ? 'injected' : undefined,
    ...Object.fromEntries(paths.map(({ name, propagation }) => [`propagation-seconds.${name}`, propagation.value])),
    // What is accepted of a migration is not to be seen in manifests, and no check of them would know its name.
    ...Object.fromEntries(warnings.flatMap(({ id, acceptedBecause }) =>
      acceptedBecause !== undefined && spec.risks.some((risk) => risk.id === id) ? [[`accepted.${id}`, acceptedBecause]] : [])),
  };
  return Object.fromEntries(Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [FACT_PREFIX + name, String(value)]));
}
