import { Manifest, ofKind, Release, surgeOf, unavailableOf } from './oracle-reading';
import { atLeast, exceeds } from './oracle-termination';

/** What must hold of the numbers of pods, at every number of replicas that the autoscaler may choose. */
export const capacityRules = {
  /** 10: surge ≥ 1 or unavailable ≥ 1, or a release cannot start. */
  'release-can-start': (release: Release) => everySize(release, (replicas) =>
    atLeast(`surge + unavailable of ${replicas}`, surgeOf(release, replicas) + unavailableOf(release, replicas), 'one pod', 1)),

  /** 10: unavailable < replicas, or a release may take every pod. */
  'release-leaves-a-pod': (release: Release) => everySize(release, (replicas) =>
    exceeds('replicas', replicas, 'unavailable', unavailableOf(release, replicas))),

  'strategy-is-rolling': ({ deployment }: Release) => (deployment.spec.strategy?.type ?? 'RollingUpdate') === 'RollingUpdate' ? [] : ['Recreate stops every pod at once'],

  /** 11: with an autoscaler the Deployment must not say its replicas, or each apply scales it back. */
  'autoscaled-has-no-replicas': (release: Release) =>
    ofKind(release, 'HorizontalPodAutoscaler').length > 0 && release.deployment.spec.replicas !== undefined ? [`spec.replicas is ${release.deployment.spec.replicas}`] : [],

  /** The other half: without both, the API server sets one replica. */
  'fixed-has-replicas': (release: Release) =>
    ofKind(release, 'HorizontalPodAutoscaler').length === 0 && release.deployment.spec.replicas === undefined ? ['neither an autoscaler nor replicas'] : [],

  /** 12: exactly one budget for each pod: eviction of a pod of two fails with a server error. */
  'one-disruption-budget': (release: Release) => {
    const expected = release.replicas.min > 1 ? 1 : 0;
    const found = ofKind(release, 'PodDisruptionBudget').length;
    return found === expected ? [] : [`${found} disruption budgets, ${expected} wanted`];
  },

  /** 12: 1 ≤ PDB.maxUnavailable < replicas, or a node drain never ends, or takes every pod. */
  'disruption-budget-is-usable': (release: Release) => ofKind(release, 'PodDisruptionBudget').flatMap(({ spec }) => [
    ...atLeast('budget', spec.maxUnavailable ?? 0, 'one pod', 1),
    ...exceeds('fewest replicas', release.replicas.min, 'budget', spec.maxUnavailable ?? 0),
  ]),

  /** 12: a pod that is not ready protects nobody, and must not keep its node from being drained. */
  'unready-pods-may-be-evicted': (release: Release) => ofKind(release, 'PodDisruptionBudget')
    .filter(({ spec }) => spec.unhealthyPodEvictionPolicy !== 'AlwaysAllow')
    .map(() => 'unhealthyPodEvictionPolicy is not AlwaysAllow'),

  /** 13: the two versions are spread each on its own, and the labelSelector is set, or the keys are ignored. */
  'spread-is-by-version': ({ pod }: Release) => (pod.spec.topologySpreadConstraints ?? []).flatMap((spread: Manifest) => [
    ...(spread.matchLabelKeys?.join() === 'pod-template-hash' ? [] : [`matchLabelKeys of ${spread.topologyKey} are ${spread.matchLabelKeys}`]),
    ...(selects(spread.labelSelector?.matchLabels, pod.metadata.labels) ? [] : [`labelSelector of ${spread.topologyKey} misses the pods`]),
  ]),

  /** 14 and the database: pool × peak pods ≤ max_connections − reserved. */
  'connections-suffice': (release: Release) => {
    const { poolSize, maxConnections, reservedConnections } = release.facts;
    return poolSize === undefined || maxConnections === undefined ? []
      : atLeast('maxConnections − reserved', maxConnections - reservedConnections, 'pool × peak pods', poolSize * peakPods(release));
  },

  /** 19: ejection on top of an eviction and a release leaves a pod; where those leave none, it takes none. */
  'ejection-leaves-a-pod': (release: Release) => ofKind(release, 'DestinationRule').flatMap(({ spec }) => {
    const detection = spec.trafficPolicy?.outlierDetection;
    const percent = detection === undefined ? 0 : detection.maxEjectionPercent ?? 10;
    const disrupted = ofKind(release, 'PodDisruptionBudget')[0]?.spec.maxUnavailable ?? 0;
    return everySize(release, (replicas) => {
      const left = Math.max(0, replicas - unavailableOf(release, replicas) - disrupted - 1);
      return atLeast(`pods of ${replicas} that may be ejected`, left, `${percent} %`, Math.floor(replicas * percent / 100));
    });
  }),

  /** An autoscaler must not take pods away in the middle of one pod's turn. The API's maximum is an hour. */
  'scale-down-waits-a-turn': (release: Release) => ofKind(release, 'HorizontalPodAutoscaler').flatMap(({ spec }) => {
    const turn = release.facts.startsWithin + release.minReady + release.grace;
    return atLeast('scaleDown stabilization', spec.behavior?.scaleDown?.stabilizationWindowSeconds ?? 300, 'one pod\'s turn', Math.min(3600, turn));
  }),

  'autoscaler-bounds-are-ordered': (release: Release) => ofKind(release, 'HorizontalPodAutoscaler').flatMap(({ spec }) =>
    atLeast('maxReplicas', spec.maxReplicas, 'minReplicas', spec.minReplicas ?? 1)),
};

/**
 * The most pods that one release without evictions can have alive.
 *
 * Not terminating are at most R + s. A pod is available no sooner than m after its creation and available pods stay at
 * R − u or more, so any span of m deletes at most s + u; a deleted pod lives at most G, hence (s + u) × ⌈G ÷ m⌉
 * terminating ones. And one release only ever has R old and R new pods, however slowly they end.
 */
export function peakPods(release: Release): number {
  const replicas = release.replicas.max;
  const surge = surgeOf(release, replicas);
  const turn = surge + unavailableOf(release, replicas);
  const terminating = release.minReady > 0 ? turn * Math.ceil(release.grace / release.minReady) : Infinity;
  return Math.min(2 * replicas, replicas + surge + terminating);
}

/** Percentages round differently at every size; a thousand sizes show every remainder of a hundred. */
function everySize({ replicas: { min, max } }: Release, judge: (replicas: number) => string[]): string[] {
  const sizes = new Set([max, ...Array.from({ length: Math.min(max - min + 1, 200) }, (_, i) => min + i)]);
  return [...sizes].map(judge).find((found) => found.length > 0) ?? [];
}

export function selects(selector: Record<string, string> | undefined, labels: Record<string, string> | undefined): boolean {
  const wanted = Object.entries(selector ?? {});
  return wanted.length > 0 && wanted.every(([key, value]) => labels?.[key] === value);
}
