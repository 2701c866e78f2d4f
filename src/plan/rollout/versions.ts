import type { EngineSpec } from '../../spec/rollout/rollout-engine';

/** How the series and the objects of one version are told from those of the other. */
export interface Version {
  /** A regular expression (RE2) that matches the whole names of its pods, and no others of the namespace. */
  readonly podPattern: string;
  /** The Service that reaches this version alone, where there is one. */
  readonly service?: string;
}

/** The two versions of a release. */
export interface Versions {
  readonly canary: Version;
  readonly stable: Version;
}

/** The argument of an AnalysisTemplate that Argo Rollouts fills with a version's pod-template-hash. */
export const CANARY_HASH = 'canary-hash';
export const STABLE_HASH = 'stable-hash';

/** A pod's name after that of its owner: the hash of its template, and five characters of its own. */
const OF_DEPLOYMENT = '-[0-9a-z]{1,10}-[0-9a-z]{5}';
const OF_REPLICA_SET = '-[0-9a-z]{5}';

/** How an engine tells the versions of a service apart. */
export function versionsOf(engine: EngineSpec, name: string): Versions {
  switch (engine.kind) {
    case 'argoRollouts': return {
      canary: { podPattern: `${name}-{{args.${CANARY_HASH}}}${OF_REPLICA_SET}`, service: `${name}-canary` },
      stable: { podPattern: `${name}-{{args.${STABLE_HASH}}}${OF_REPLICA_SET}`, service: `${name}-stable` },
    };
    // Flagger copies the Deployment: the copy is the old version, and the Deployment itself the new one.
    case 'flagger': return {
      canary: { podPattern: `${name}${OF_DEPLOYMENT}`, service: `${name}-canary` },
      stable: { podPattern: `${name}-primary${OF_DEPLOYMENT}`, service: `${name}-primary` },
    };
    case 'native': return {
      canary: { podPattern: `${name}-canary${OF_DEPLOYMENT}`, service: `${name}-canary` },
      stable: { podPattern: `${name}-stable${OF_DEPLOYMENT}`, service: `${name}-stable` },
    };
  }
}
